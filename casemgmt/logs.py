"""Log lines that nobody can forge: one record is one line, whatever it quotes."""

import logging


def on_one_line(text: str) -> str:
    """The text with every control and line-breaking character spelled out; letters of every language stay."""
    return "".join(character if character.isprintable() else _spelled(character) for character in text)


def _spelled(character):
    return character.encode("unicode_escape").decode("ascii")


class OneLineFormatter(logging.Formatter):
    """Formats as usual, then escapes: a trace or a hostile file name can begin no line of its own."""

    def format(self, record):
        return on_one_line(super().format(record))
