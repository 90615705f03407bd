"""What tracking costs: a save, ten thousand new rows, ten thousand escalations; on both engines.

    python -m benchmarks.tracked_save [sqlite|postgresql]

Variants take turns inside one run and each figure is a median, so the ratios can be trusted where
milliseconds cannot. PostgreSQL runs with its default durability.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.house import ENGINES, address_of


def main() -> None:
    """Measure each engine in a process of its own."""
    for engine in sys.argv[1:] or ENGINES:
        with tempfile.TemporaryDirectory(prefix="casemgmt-benchmark-") as directory:
            Path(directory).chmod(0o755)
            print(f"\n{engine}", flush=True)
            environment = os.environ | {
                "CASEMGMT_EXTRA_APPS": "benchmarks.rows",
                "CASEMGMT_VAR": directory,
                "DJANGO_SETTINGS_MODULE": "casemgmt.settings",
                "CASEMGMT_EMBEDDED": "1",
                "DATABASE_URL": address_of(engine, Path(directory)),
            }
            subprocess.run([sys.executable, "-m", "benchmarks.rows.measuring"], env=environment, check=True)


if __name__ == "__main__":
    main()
