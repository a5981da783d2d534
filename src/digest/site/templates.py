"""The only Jinja environment, and templates compiled ahead.

Every template escapes and an unknown name is an error. Compiling the templates costs more
than rendering all pages, so installing compiles them once (``python -m
digest.site.templates``), as Python does with its own modules: under the hash of their source,
so that a template that was changed since, or overridden, is simply compiled anew.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from digest.address import absolute
from digest.folder import PACKAGED
from digest.site import typesetting
from digest.site.typesetting import Environment, as_html, escaped
from digest.site.views import so_many

_COMPILED = Path(__file__).parent / "compiled"
_SET_BY = Path(typesetting.__file__).read_text(encoding="utf-8")
_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_OPTIONS: dict[str, Any] = {
    "autoescape": True,
    "undefined": jinja2.StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "cache_size": -1,
}


def templates(root: Path) -> jinja2.Environment:
    """The environment: a digest's own ``templates/`` first, then those of the program."""
    environment = Environment(loader=_Loader([root / "templates", PACKAGED]), **_OPTIONS)
    environment.filters |= {"absolute": absolute, "pencil": pencil, "so_many": so_many}
    return environment


def pencil(words: str) -> Markup:
    """Printed words with what a newsroom put in square brackets set apart from the speaker's.

    >>> str(pencil("a bit of [an] impasse"))
    'a bit of <span class="ed">[an]</span> impasse'
    """
    marked = escaped(words)
    if "[" in marked:
        marked = _BRACKETS.sub(r'<span class="ed">\g<0></span>', marked)
    return as_html(marked)


class _Loader(jinja2.FileSystemLoader):
    """Templates from their folders, by way of what was compiled ahead from the same source."""

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        source = self.get_source(environment, name)[0]
        try:
            module = import_module(f"digest.site.compiled.{_module(name, source)}")
        except ModuleNotFoundError:
            return super().load(environment, name, globals)
        made = environment.template_class.from_module_dict
        return made(environment, vars(module), {} if globals is None else globals)


def _module(name: str, source: str) -> str:
    """The name of a compiled template: what it is made from, and by what."""
    made_from = f"{jinja2.__version__}\0{_SET_BY}\0{sorted(_OPTIONS)}\0{name}\0{source}"
    return "t_" + sha256(made_from.encode()).hexdigest()[:24]


def compile_ahead() -> None:
    """Write every template of the program as a Python module beside this one."""
    environment = templates(PACKAGED)
    _COMPILED.mkdir(exist_ok=True)
    (_COMPILED / "__init__.py").touch()
    made = {"__init__.py"}
    for template in sorted((*PACKAGED.glob("*.html"), *PACKAGED.glob("*.xml"))):
        source = template.read_text(encoding="utf-8")
        module = _module(template.name, source) + ".py"
        code = environment.compile(source, template.name, template.name, raw=True, defer_init=True)
        (_COMPILED / module).write_text(code, encoding="utf-8")
        made.add(module)
    for old in _COMPILED.glob("*.py"):
        if old.name not in made:
            old.unlink()


if __name__ == "__main__":
    compile_ahead()
