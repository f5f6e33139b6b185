"""Run one command and print its wall and CPU time, peak memory and exit status as JSON.

A process of its own, because the kernel counts the memory of a process that forks towards the
peak of its child: measured from a process with an index in memory, every command would look big.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

_UNITS_PER_MB = 1024 if sys.platform != "darwin" else 1024 * 1024

if __name__ == "__main__":
    began = time.perf_counter()
    finished = subprocess.run(sys.argv[1:], capture_output=True, text=True)
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    errors = finished.stderr.strip()
    print(
        json.dumps(
            {
                "seconds": seconds,
                "cpu_seconds": used.ru_utime + used.ru_stime,
                "peak_mb": used.ru_maxrss / _UNITS_PER_MB,
                "returncode": finished.returncode,
                "error": errors.splitlines()[-1] if errors else "",
            }
        )
    )
