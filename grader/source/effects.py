"""One look at a top-level statement: the names that it binds and reads, and what running it may alter."""

from __future__ import annotations

import ast

from grader.source import harmless
from grader.source.scopes import Scope, local_names, parameters
from grader.source.values import MODULE, NOTHING, Body, Statement, Tokens, Values, is_display, numbers

_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def read(node: ast.stmt) -> Statement:
    """What a statement does. It is read by itself: what others do is for ``slices`` to put together."""
    always = isinstance(node, _DEFINITIONS)
    is_constant = isinstance(node, ast.Assign | ast.AnnAssign) and _is_constant(node.value)
    found = Statement(always, always or is_constant)
    try:
        _Reader(found).visit(node)
    except RecursionError:  # nested too deep: it may do anything to whatever it names
        names = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
        found.reads = {name.id for name in names}
        found.binds |= {name.id for name in names if isinstance(name.ctx, ast.Store)}
        found.binds |= {node.name} if isinstance(node, _DEFINITIONS[2:]) else set()
        found.bodies = [Body(uses=found.reads, alters=found.reads)]
    return found


class _Reader(Values):
    """Reads statements and definitions, too. The value of a statement is nothing."""

    def visit_Expr(self, node: ast.Expr) -> Tokens:
        if isinstance(node.value, ast.Constant):  # a docstring
            return NOTHING
        if isinstance(node.value, ast.BinOp | ast.Subscript):  # run for what an object's operator does
            names = [inner.id for inner in ast.walk(node.value) if isinstance(inner, ast.Name)]
            self.body.touches |= {self.token(name) for name in names}
        return self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> Tokens:
        value = self.visit(node.value)
        if len(node.targets) > 1:
            names = [self.token(target.id) for target in node.targets if isinstance(target, ast.Name)]
            value = self.bundle([*value, *names])
        for target in node.targets:
            self.bind(target, value, node.value)
        return NOTHING

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Tokens:
        self.visit(node.annotation)
        self.bind(node.target, self.visit(node.value) if node.value else NOTHING, node.value)
        return NOTHING

    def visit_AugAssign(self, node: ast.AugAssign) -> Tokens:
        value = self.visit(node.value)
        if isinstance(node.target, ast.Name):
            self.body.alters |= self.visit(node.target) | {self.token(node.target.id)}
        self.bind(node.target, value if is_display(node.value) else NOTHING)
        return NOTHING

    def visit_Delete(self, node: ast.Delete) -> Tokens:
        for target in node.targets:
            self.bind(target, NOTHING)
        return NOTHING

    def visit_For(self, node: ast.For | ast.AsyncFor) -> Tokens:
        self.bind(node.target, self.visit(node.iter))
        written_out = node.iter.elts if isinstance(node.iter, ast.Tuple | ast.List | ast.Set) else [node.iter]
        for element in written_out:
            self.alias(node.target, element)
        return self.all_of([*node.body, *node.orelse])

    visit_AsyncFor = visit_For

    def visit_withitem(self, node: ast.withitem) -> Tokens:
        value = self.visit(node.context_expr)
        self.body.touches |= value
        if node.optional_vars is not None:
            self.bind(node.optional_vars, value)
        return NOTHING

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> Tokens:
        if node.name:
            self.bind_name(node.name)
        return self.generic_visit(node)

    def visit_Match(self, node: ast.Match) -> Tokens:
        value = self.visit(node.subject)
        for case in node.cases:
            for inner in ast.walk(case.pattern):
                name = getattr(inner, "rest", None) or getattr(inner, "name", None)
                if isinstance(name, str):
                    self.bind_name(name, value)
        return self.all_of(node.cases)

    def visit_Return(self, node: ast.Return | ast.Yield | ast.YieldFrom | ast.Await) -> Tokens:
        value: Tokens = self.visit(node.value) if node.value is not None else NOTHING
        functions = [scope for scope in self.scopes if scope.owner and not scope.is_class]
        if functions:
            self.hold(f"{functions[-1].owner}()", value)
        return value

    visit_Yield = visit_YieldFrom = visit_Await = visit_Return

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> Tokens:
        source = node.module or "." if isinstance(node, ast.ImportFrom) else ""
        is_relative = isinstance(node, ast.ImportFrom) and node.level > 0
        for alias in node.names:
            if alias.name == "*":
                continue
            name = self.bind_name((alias.asname or alias.name).partition(".")[0])
            if not self.scopes:
                self.statement.imports.add(name)
            if "__main__" in (source, alias.name):
                self.hold(name, [MODULE])
            if is_relative or not harmless.leaves_alone(source or alias.name, alias.name):
                self.statement.bodies.append(Body((name,), alters={f"{name}%"}))
        return NOTHING

    visit_ImportFrom = visit_Import

    # definitions

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Tokens:
        around = self.scopes[-1] if self.scopes and self.scopes[-1].is_class else None
        token = self.bind_name(node.name)
        for decorator in node.decorator_list:
            self.decorate(decorator, token)
        self.all_of([*(part.annotation for part in parameters(node.args)), node.returns])
        is_static = any(
            isinstance(part, ast.Name) and part.id == "staticmethod" for part in node.decorator_list
        )
        self.run_later(node.args, node.body, token, around, is_static=is_static)
        return NOTHING

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> Tokens:
        token = f"<lambda>@{next(numbers)}"
        self.run_later(node.args, [ast.Return(node.body)], token)
        self.body.uses.add(token)
        return frozenset({token})

    def run_later(
        self,
        arguments: ast.arguments,
        code: list[ast.stmt],
        token: str,
        around: Scope | None = None,
        *,
        is_static: bool = False,
    ) -> None:
        """Read a function's body; of a method, as one of those of the class ``around`` it."""
        names = [part.arg for part in parameters(arguments)]
        owner = around.owner if around else token
        tokens = (owner, f"{owner}()") if around else (owner,)
        instance = names[0] if around and names and not is_static else ""
        self.hold(f"{owner}%", self.all_of([*arguments.defaults, *arguments.kw_defaults]))
        scope = Scope(next(numbers), local_names(names, code), owner, instance)
        outer, self.body = self.body, Body(tokens)
        self.statement.bodies.append(self.body)
        self.scopes.append(scope)
        for name in names:
            local = f"{name}@{scope.number}"
            self.hold(local, [f"{owner}()" if name == instance else f"{owner}%"])
            self.statement.same += [(local, f"{owner}%")] if name != instance else []
        for statement in code:
            self.visit(statement)
        self.scopes.pop()
        self.body = outer

    def visit_ClassDef(self, node: ast.ClassDef) -> Tokens:
        token = self.bind_name(node.name)
        bases = self.all_of([*node.bases, *(keyword.value for keyword in node.keywords)])
        self.hold(token, bases)
        self.hold(f"{token}()", [f"{base}()" for base in bases])
        self.body.alters |= {".__subclasses__"} if bases else NOTHING
        for decorator in node.decorator_list:
            self.decorate(decorator, token)
        self.scopes.append(Scope(next(numbers), local_names([], node.body), token, is_class=True))
        for part in node.body:
            self.visit(part)
            if isinstance(part, ast.Assign) and (is_display(part.value) or isinstance(part.value, ast.Call)):
                names = [target.id for target in part.targets if isinstance(target, ast.Name)]
                self.statement.shared.update(names)
        self.scopes.pop()
        return NOTHING

    def decorate(self, decorator: ast.expr, token: str) -> None:
        """A decorator is called with what it decorates, and what it gives takes that one's place."""
        callee = self.visit(decorator)
        given = self.called(decorator, callee, [ast.Name(token)], [frozenset({token})])
        self.hold(token, given - {token})


def _is_constant(node: ast.expr | None) -> bool:
    """Whether a value cannot be altered; a function without a name counts."""
    match node:
        case ast.Constant() | ast.Lambda():
            return True
        case ast.UnaryOp(operand=inner):
            return _is_constant(inner)
        case ast.BinOp(left, _, right):
            return _is_constant(left) and _is_constant(right)
        case ast.Tuple(parts):
            return all(map(_is_constant, parts))
    return False
