"""The only Jinja environment, and templates compiled ahead.

Every template escapes and an unknown name is an error. Compiling the templates costs more
than rendering all pages, so installing compiles them once (``python -m
digest.site.templates``), as Python does with its own modules: under the hash of their source,
so that a template that was changed since, or overridden, is simply compiled anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from traceback import walk_tb
from types import CodeType
from typing import Any, cast

import jinja2
from jinja2.loaders import split_template_path
from markupsafe import Markup

from digest.address import absolute
from digest.diagnostics import Diagnostic, Place, Refused
from digest.folder import PACKAGED
from digest.plainfile import content, opened, shown
from digest.site import typesetting
from digest.site.typesetting import Environment, as_html, escaped
from digest.site.views import so_many

LARGEST = 256_000  # bytes of a template
_FOLDER = "templates/"
_APART = ("static/", "serve/", ".")  # what begins so is no template of a page
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
    """The environment: a digest's own ``templates/`` first, then those of the program.

    What comes with a digest runs within bounds; where it has none, nothing is slowed.
    """
    if own_templates(root):
        from digest.site.guarded import Guarded  # only where it is needed

        environment: jinja2.Environment = Guarded(loader=_Loader(root), **_OPTIONS)
    else:
        environment = Environment(loader=_Loader(None), **_OPTIONS)
    environment.filters |= {"absolute": absolute, "pencil": pencil, "so_many": so_many}
    return environment


def bounded(environment: jinja2.Environment) -> AbstractContextManager[None]:
    """While one page is made, the bounds of an environment that has any."""
    bounds: Callable[[], AbstractContextManager[None]] = getattr(environment, "bounds", nullcontext)
    return bounds()


def own_templates(root: Path) -> list[str]:
    """The names of a digest's own templates, in order; none where it is the program's checkout."""
    folder = root / "templates"
    if folder.is_symlink() or not folder.exists() or folder.samefile(PACKAGED):
        return []
    paths = (path for path in folder.rglob("*") if path.suffix in (".html", ".xml"))
    names = (path.relative_to(folder) for path in paths)
    return sorted(name.as_posix() for name in names if not name.as_posix().startswith(_APART))


def check_templates(environment: jinja2.Environment, root: Path) -> Iterator[Diagnostic]:
    """Every template of the digest's own can be read and compiled, used or not."""
    for name in own_templates(root):
        try:
            with bounded(environment):
                environment.get_template(name)
        except Exception as error:
            yield told(error, name)


def told(error: Exception, name: str) -> Diagnostic:
    """What went wrong in a template, at its line; ``name`` is that of the page's own."""
    line, message = 1, str(error) or "is wrong"
    for frame, at in walk_tb(error.__traceback__):
        if frame.f_code.co_filename.startswith(_FOLDER):
            name, line = frame.f_code.co_filename.removeprefix(_FOLDER), at
    hints: tuple[str, ...] = ()
    if isinstance(error, jinja2.TemplateSyntaxError):
        name, line = error.name or name, error.lineno
    elif isinstance(error, jinja2.TemplateNotFound):
        message = f'there is no template "{error.name}"'
        hints = ("templates are those in templates/ and the program's; no other file is read",)
    elif isinstance(error, RecursionError):
        hints = ("does it include or call itself?",)
    shown = " ".join(message.split())[:300]
    return Diagnostic(Place(_FOLDER + name, line), "template", shown, hints)


def pencil(words: str) -> Markup:
    """Printed words with what a newsroom put in square brackets set apart from the speaker's.

    >>> str(pencil("a bit of [an] impasse"))
    'a bit of <span class="ed">[an]</span> impasse'
    """
    marked = escaped(words)
    if "[" in marked:
        marked = _BRACKETS.sub(r'<span class="ed">\g<0></span>', marked)
    return as_html(marked)


class _Loader(jinja2.BaseLoader):
    """Templates from their folders, by way of what was compiled ahead from the same source."""

    def __init__(self, root: Path | None) -> None:
        self._root = root  # None: the digest has no templates of its own
        self._packaged = jinja2.FileSystemLoader(PACKAGED)

    def get_source(self, environment: jinja2.Environment, name: str) -> tuple[str, str, None]:
        """The text of a template, the digest's own or the program's, and what to call it."""
        own = self._own(name) if self._root else None
        text = self._packaged.get_source(environment, name)[0] if own is None else own
        return text, _FOLDER + name, None

    def _own(self, name: str) -> str | None:
        folder, _, last = "/".join(split_template_path(name)).rpartition("/")
        if not last:
            return None
        try:
            with opened(self._root or Path(), _FOLDER + folder) as at:
                text = content(last, Place(shown(_FOLDER + name)), LARGEST, at)
            return text.decode("utf-8-sig")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except Refused as refused:
            raise jinja2.TemplateSyntaxError(refused.findings[0].message, 1, name) from None
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            message = f"byte {error.start} ({error.object[error.start]:#04x}) is not UTF-8"
            raise jinja2.TemplateSyntaxError(message, line, name) from None

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """The template, compiled."""
        source, path, _ = self.get_source(environment, name)
        code = _ahead(name, source) or environment.compile(source, name, path)
        made = environment.template_class.from_code
        return made(environment, code.replace(co_filename=path), {} if globals is None else globals)


def _ahead(name: str, source: str) -> CodeType | None:
    """What this source was compiled to when the program was installed, if it was."""
    try:
        spec = find_spec(f"digest.site.compiled.{_module(name, source)}")
    except ModuleNotFoundError:
        return None
    return cast("SourceFileLoader", spec.loader).get_code(spec.name) if spec else None


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
