"""Where templates, migrations and configuration lie: inside the wheel, or beside the package."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of a top-level resource such as `templates`, installed or in a checkout."""
    inside = PACKAGE / name
    return inside if inside.exists() else PACKAGE.parent / name


@cache
def configuration() -> ModuleType:
    """Load config.py, which is a file beside the package and not a module of it."""
    spec = importlib.util.spec_from_file_location("midtlink_config", resource("config.py"))
    if spec is None or spec.loader is None:
        raise RuntimeError("config.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
