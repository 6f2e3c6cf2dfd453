"""Shapes and types of every call, checked in a quarter of the time.

jaxtyping's own wrapper binds every call's arguments twice and checks them twice, for the sake of
its messages; in steps of physics that was four fifths of a test's time. Here beartype checks each
once, inside of one scope of axis names: the same annotations hold, with a plainer message.
"""

import functools
import inspect
import types
from typing import get_args

import jaxtyping
from jaxtyping._decorator import _destring_annotation, jaxtyped
from jaxtyping._storage import pop_shape_memo, push_shape_memo

CHECKER = "beartype.beartype(conf=beartype.BeartypeConf(is_pep484_tower=True))"
MARK = "_checks_shapes"
LEFT_ALONE = "pipeline.blender_addon.interface"
"""Blender counts the arguments of its classes' functions itself, and must find the real ones."""


def install(packages):
    """Let everything imported from `packages` from now on check its arguments and results."""
    jaxtyping.jaxtyped = _checking
    jaxtyping.install_import_hook(packages, CHECKER)


def _checking(*, typechecker):
    return functools.partial(_checked, typechecker)


def _checked(typechecker, thing):
    if inspect.isclass(thing):
        if "__dataclass_fields__" in vars(thing) and not hasattr(thing.__init__, MARK):
            thing.__init__ = _checked(typechecker, thing.__init__)
        return thing
    if getattr(thing, "__module__", "").startswith(LEFT_ALONE):
        return thing
    if not inspect.isfunction(thing) or inspect.isgeneratorfunction(thing):
        return jaxtyped(thing, typechecker=typechecker)
    hints = {
        name: _destring_annotation(hint, thing.__globals__)
        for name, hint in thing.__annotations__.items()
    }
    checked = typechecker(_with_hints(thing, hints))
    if not any(_has_shape(hint) for hint in hints.values()):
        return _marked(functools.wraps(thing)(checked))

    @functools.wraps(thing)
    def scoped(*args, **kwargs):
        push_shape_memo({})
        try:
            return checked(*args, **kwargs)
        finally:
            pop_shape_memo()

    return _marked(scoped)


def _marked(function):
    setattr(function, MARK, True)
    return function


def _with_hints(function, hints):
    """A copy of a function, with other annotations."""
    copy = types.FunctionType(
        function.__code__, function.__globals__, function.__name__,
        function.__defaults__, function.__closure__,
    )  # fmt: skip
    copy.__kwdefaults__ = function.__kwdefaults__
    copy.__qualname__, copy.__module__ = function.__qualname__, function.__module__
    copy.__annotations__ = hints
    return copy


def _has_shape(hint):
    if inspect.isclass(hint) and issubclass(hint, jaxtyping.AbstractArray):
        return True
    return any(_has_shape(part) for part in get_args(hint) if part is not ...)
