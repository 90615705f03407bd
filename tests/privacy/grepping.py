"""Looks for texts in everything that the database holds: each column as text, and on SQLite the files."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection


def columns_holding(texts, tables=None):
    """(table, column, text) for each text found in any column of the tables, all when none are named."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted(tables or connection.introspection.table_names(cursor)):
            for column in connection.introspection.get_table_description(cursor, table):
                name = connection.ops.quote_name(column.name)
                for text in texts:
                    cursor.execute(
                        f"SELECT 1 FROM {connection.ops.quote_name(table)} WHERE CAST({name} AS text) LIKE %s LIMIT 1",
                        [f"%{text}%"],
                    )
                    if cursor.fetchone():
                        found.append((table, column.name, text))
    return found


def files_holding(texts):
    """(file, text) for each text found in the bytes of the SQLite database and of what lies beside it.

    Another process copies them: whoever closes such a file loses every lock that SQLite holds on it in this process,
    and the next process to open the database takes its shared memory away.
    """
    name = Path(connection.settings_dict["NAME"])
    files = [path for path in name.parent.glob(f"{name.name}*") if path.is_file()]
    assert files
    with TemporaryDirectory() as copies:
        subprocess.run(["cp", *files, copies], check=True)
        return [
            (path.name, text)
            for path in files
            for text in texts
            if text.encode() in (Path(copies) / path.name).read_bytes()
        ]


def flush_to_file():
    """Bring everything committed into the main file, and empty the log beside it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert cursor.fetchone()[0] == 0
