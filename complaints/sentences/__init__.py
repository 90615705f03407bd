"""What the codes of this app say, one file per subject; collected here and registered when the app is ready."""

from importlib import import_module
from pkgutil import iter_modules

from casemgmt.sentences import register


def register_all() -> None:
    """Register the SENTENCES of every module of this package."""
    for found in iter_modules(__path__):
        register(import_module(f"{__name__}.{found.name}").SENTENCES)
