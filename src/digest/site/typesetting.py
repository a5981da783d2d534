"""How templates become Python: as Jinja does it, but for what it does at every printed value.

A quotation's page prints two hundred values and calls thirty macros, and a site has a page for
each. What stands here means what Jinja's own means: a test sets every kind of value both ways.
Each says what it took off the 260 µs of processor time that such a page needed.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import partial
from keyword import iskeyword
from typing import Any, TypeGuard

import jinja2
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.nodes import Call, Expr, Getattr, Output, Template, TemplateData
from jinja2.runtime import Context, Macro
from jinja2.utils import missing

# What escape() does to a plain string before it makes a Markup of it.
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

#: Text that is HTML already; Markup itself would look for something better in it first (−4 µs).
as_html: Callable[[str], Markup] = partial(str.__new__, Markup)


def escaped(value: Any) -> str:
    """``value`` as a page prints it: what ``escape`` gives, mostly without its wrapper (−94 µs)."""
    kind = type(value)
    if kind is str:
        told: str = _escape_inner(value)
        return told
    return value if kind is Markup else str(value) if kind is int else escape(value)


class QuickMacro(Macro):
    """A macro that can be printed without what only a few macros have (−60 µs)."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.text: Callable[..., str] = self._func
        unusual = self.caller or self.catch_kwargs or self.catch_varargs
        self.most = -1 if unusual else len(self.arguments)


def printed(context: Context, loop: Any, block: Any, what: Any, *given: Any) -> str:
    """What a call prints that names no argument."""
    if type(what) is QuickMacro and context.eval_ctx.autoescape:
        left_out = what.most - len(given)
        if left_out >= 0:
            return what.text(*given, *[missing] * left_out) if left_out else what.text(*given)
    return escaped(context.call(what, *given, _loop_vars=loop, _block_vars=block))


# Jinja's own is asked only where Python finds nothing (−7 µs).
_ATTRIBUTE = """\
@internalcode
def of_{0}(thing):
    try:
        return thing.{0}
    except AttributeError:
        return environment.getattr(thing, '{0}')
"""


class Typesetter(CodeGenerator):
    """Writes a template as Python."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._attributes: set[str] = set()

    def visit_Template(self, node: Template, frame: Frame | None = None) -> None:  # noqa: N802
        """With our own names beside Jinja's."""
        self.writeline(f"from {__name__} import QuickMacro, escaped, printed")
        super().visit_Template(node, frame)
        for name in sorted(self._attributes):
            self.writeline(_ATTRIBUTE.format(name))

    def visit_Output(self, node: Output, frame: Frame) -> None:  # noqa: N802
        """All that stands between two tags as one string: a page has fewer pieces (−6 µs)."""
        values = [child for child in node.nodes if not isinstance(child, TemplateData)]
        if frame.require_output_check or not values:
            super().visit_Output(node, frame)
            return
        told = (
            child.data.replace("%", "%%") if isinstance(child, TemplateData) else "%s"
            for child in node.nodes
        )
        self.writeline(f"{frame.buffer}.append(" if frame.buffer else "yield (")
        self.write(f"{''.join(told)!r} % (")
        self.indent()
        for value in values:
            self.newline(value)
            self._print(value, frame)
            self.write(",")
        self.outdent()
        self.write("))")

    def _print(self, value: Expr, frame: Frame) -> None:
        usual = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        if usual and self._calls_plainly(value):
            loop = "_loop_vars" if frame.loop_frame else None
            block = "_block_vars" if frame.block_frame else None
            self.write(f"printed(context, {loop}, {block}, ")
            self.visit(value.node, frame)
            self.signature(value, frame)
        else:
            self.write("escaped(" if usual else "(escape if context.eval_ctx.autoescape else str)(")
            self.visit(value, frame)
        self.write(")")

    def _calls_plainly(self, value: Expr) -> TypeGuard[Call]:
        """Whether a value is a call that names no argument; in a sandbox, each is looked at."""
        if not isinstance(value, Call) or self.environment.sandboxed:
            return False
        return not (value.kwargs or value.dyn_args or value.dyn_kwargs)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro of our kind."""
        self.write("Quick")
        super().macro_def(macro_ref, frame)

    @optimizeconst
    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802
        """An attribute by way of a function for its name; in a sandbox, each is looked at."""
        if self.environment.sandboxed or iskeyword(node.attr) or not node.attr.isascii():
            super().visit_Getattr(node, frame)
            return
        self._attributes.add(node.attr)
        self.write(f"of_{node.attr}(")
        self.visit(node.node, frame)
        self.write(")")


class Environment(jinja2.Environment):
    """Jinja's, with templates set as above."""

    code_generator_class = Typesetter

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """As one dictionary: a page copies it, and Jinja's chain of them is slow (−13 µs)."""
        return {**self.globals, **(d or {})}
