"""Ways in: command line and web app. Nobody imports it."""
