"""Functions with right and wrong gradients, for `benchmarks.gradients`.

Every problem is drawn from one generator; the scale of the inputs is log-uniform in 1e-3…1e3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

Arrays = dict[str, Any]
Rng = np.random.Generator


@dataclass(frozen=True)
class Problem:
    """A forward pass and a backward pass at a point; ``planted``: exact zeros were put on a kink."""

    name: str
    forward: Callable[[Arrays], Any]
    backward: Callable[[Arrays, Any], Arrays]
    inputs: Arrays
    dout: Any
    planted: bool = False
    flags: dict[str, Any] = field(default_factory=dict)


def scale(rng: Rng) -> float:
    return float(10 ** rng.uniform(-3, 3))


# Layers. Flags of a mistake are read by backward alone.


def affine(rng: Rng) -> Problem:
    n, d, m = (int(k) for k in rng.integers(2, 9, 3))
    inputs = {
        "x": scale(rng) * rng.normal(size=(n, d)),
        "w": scale(rng) * rng.normal(size=(d, m)),
        "b": scale(rng) * rng.normal(size=m),
    }

    def backward(i: Arrays, dout: Any) -> Arrays:
        return {"x": dout @ i["w"].T, "w": i["x"].T @ dout, "b": dout.sum(0)}

    return Problem("affine", lambda i: i["x"] @ i["w"] + i["b"], backward, inputs, rng.normal(size=(n, m)))


def relu(rng: Rng) -> Problem:
    n, d = (int(k) for k in rng.integers(3, 10, 2))
    x = scale(rng) * rng.normal(size=(n, d))
    zeros = rng.random(x.shape) < 0.1
    x[zeros] = 0
    return Problem(
        "relu",
        lambda i: np.maximum(i["x"], 0),
        lambda i, dout: {"x": dout * (i["x"] > 0)},
        {"x": x},
        rng.normal(size=(n, d)),
        planted=bool(zeros.any()),
    )


def softmax_parts(z: Any, y: Any) -> tuple[Any, Any]:
    shifted = z - z.max(1, keepdims=True)
    total = np.exp(shifted).sum(1, keepdims=True)
    loss = np.mean(np.log(total)[:, 0] - shifted[np.arange(len(z)), y])
    dz = np.exp(shifted) / total
    dz[np.arange(len(z)), y] -= 1
    return loss, dz / len(z)


def softmax(rng: Rng) -> Problem:
    n, c = (int(k) for k in rng.integers(3, 11, 2))
    y = rng.integers(0, c, n)
    return Problem(
        "softmax",
        lambda i: softmax_parts(i["z"], y)[0],
        lambda i, dout: {"z": dout * softmax_parts(i["z"], y)[1]},
        {"z": scale(rng) * rng.normal(size=(n, c))},
        1.0,
        flags={"n": n},
    )


def batch_norm(rng: Rng) -> Problem:
    n, d = int(rng.integers(4, 12)), int(rng.integers(2, 8))
    inputs = {
        "x": scale(rng) * (rng.normal(size=(n, d)) + rng.normal(size=d)),
        "gamma": rng.normal(size=d),
        "beta": rng.normal(size=d),
    }

    def parts(i: Arrays) -> tuple[Any, Any]:
        centred = i["x"] - i["x"].mean(0)
        deviation = np.sqrt((centred**2).mean(0) + i["x"].dtype.type(1e-5))
        return centred / deviation, deviation

    def backward(i: Arrays, dout: Any) -> Arrays:
        hat, deviation = parts(i)
        dhat = dout * i["gamma"]
        dx = (dhat - dhat.mean(0) - hat * (dhat * hat).mean(0)) / deviation
        return {"x": dx, "gamma": (dout * hat).sum(0), "beta": dout.sum(0)}

    return Problem(
        "batch norm",
        lambda i: i["gamma"] * parts(i)[0] + i["beta"],
        backward,
        inputs,
        rng.normal(size=(n, d)),
    )


def net(rng: Rng, name: str, widths: list[int], n: int, size: float, reg: float = 0.0) -> Problem:
    """A ReLU net with softmax loss, and reg · ½Σ‖W‖². ``flags`` of backward: mask, reg, slope."""
    depth = len(widths) - 1
    x = size * rng.normal(size=(n, widths[0]))
    y = rng.integers(0, widths[-1], n)
    inputs: Arrays = {}
    for k in range(depth):
        inputs[f"W{k + 1}"] = rng.normal(size=(widths[k], widths[k + 1])) * np.sqrt(2 / widths[k])
        inputs[f"b{k + 1}"] = 0.1 * rng.normal(size=widths[k + 1])

    def layers(i: Arrays) -> list[Any]:
        activations = [x.astype(i["W1"].dtype)]
        for k in range(1, depth + 1):
            z = activations[-1] @ i[f"W{k}"] + i[f"b{k}"]
            activations.append(np.maximum(z, 0) if k < depth else z)
        return activations

    def forward(i: Arrays) -> Any:
        penalty = 0.5 * reg * sum(np.sum(i[f"W{k}"] ** 2) for k in range(1, depth + 1)) if reg else 0.0
        return softmax_parts(layers(i)[-1], y)[0] + penalty

    def backward(i: Arrays, dout: Any, mask: bool = True, by: float = reg, slope: float = 0.0) -> Arrays:
        activations = layers(i)
        d = softmax_parts(activations[-1], y)[1] * dout
        grads: Arrays = {}
        for k in range(depth, 0, -1):
            grads[f"W{k}"] = activations[k - 1].T @ d + (by * dout) * i[f"W{k}"]
            grads[f"b{k}"] = d.sum(0)
            if k > 1:
                d = d @ i[f"W{k}"].T
                if mask:
                    d = np.where(activations[k - 1] > 0, d, slope * d)
        return grads

    return Problem(name, forward, backward, inputs, 1.0, flags={"n": n, "reg": reg, "net": True})


def two_layer(rng: Rng) -> Problem:
    d, h, c, n = int(rng.integers(3, 10)), int(rng.integers(4, 12)), int(rng.integers(3, 6)), 6
    return net(rng, "two-layer", [d, h, c], n, scale(rng), reg=float(rng.choice([0.0, 0.1, 1.0])))


def five_layer(rng: Rng) -> Problem:
    return net(rng, "five-layer", [6, 8, 8, 8, 8, 4], 5, scale(rng))


LEAST = 1e-7
"""A change below this share of the gradient's norm is no mistake (a row of a saturated softmax, say)."""
FAMILIES = (affine, relu, softmax, batch_norm, two_layer, five_layer)


def single(problem: Problem) -> Problem:
    """The same in single precision throughout, whatever it is given."""

    def low(value: Any) -> Any:
        return np.asarray(value, dtype=np.float32)[()]

    return replace(
        problem,
        forward=lambda i: low(problem.forward({k: low(v) for k, v in i.items()})),
        backward=lambda i, d: {
            k: low(v) for k, v in problem.backward({k: low(v) for k, v in i.items()}, low(d)).items()
        },
        inputs={k: low(v) for k, v in problem.inputs.items()},
        dout=low(problem.dout),
    )


# Mistakes: each takes a right problem and gives a wrong one, or None where it would change nothing.


def altered(
    problem: Problem, name: str, change: Callable[[Any], Any], least: float = LEAST
) -> Problem | None:
    right = problem.backward(problem.inputs, problem.dout)[name]
    wrong = change(right)
    if np.linalg.norm(wrong - right) <= least * np.linalg.norm(right):
        return None

    def backward(i: Arrays, d: Any) -> Arrays:
        grads = problem.backward(i, d)
        return {**grads, name: change(grads[name])}

    return replace(problem, backward=backward)


def an_array(problem: Problem, rng: Rng, least: int = 1) -> str:
    fit = [k for k, v in problem.inputs.items() if v.ndim >= least]
    return str(rng.choice(fit))


def at_entry(g: Any, flat: int, factor: float) -> Any:
    out = g.copy()
    out.reshape(-1)[flat] *= factor
    return out


def entry_that_counts(g: Any, rng: Rng) -> int:
    """An entry of at least a hundredth of the gradient's rms."""
    return int(rng.choice(np.flatnonzero(np.abs(g) >= 0.01 * np.sqrt(np.mean(g**2)))))


def one_element(p: Problem, rng: Rng) -> Problem | None:
    name = an_array(p, rng)
    g = p.backward(p.inputs, p.dout)[name]
    if not np.any(g):
        return None
    flat = entry_that_counts(g, rng)
    return altered(p, name, lambda g: at_entry(g, flat, 1.001))


def scaled(p: Problem, rng: Rng) -> Problem | None:
    return altered(p, an_array(p, rng), lambda g: 1.001 * g)


def row_times(g: Any, row: int, factor: float) -> Any:
    out = g.copy()
    out[row] *= factor
    return out


def row_flipped(p: Problem, rng: Rng) -> Problem | None:
    name = an_array(p, rng, 2)
    row = int(rng.integers(p.inputs[name].shape[0]))
    return altered(p, name, lambda g: row_times(g, row, -1))


def row_zero(p: Problem, rng: Rng) -> Problem | None:
    name = an_array(p, rng, 2)
    row = int(rng.integers(p.inputs[name].shape[0]))
    return altered(p, name, lambda g: row_times(g, row, 0))


def transposed(p: Problem, rng: Rng) -> Problem | None:
    if p.name == "affine":
        d = p.inputs["x"].shape[1]
        w, dout = rng.normal(size=(d, d)), rng.normal(size=(len(p.inputs["x"]), d))
        p = replace(p, inputs={**p.inputs, "w": w, "b": np.zeros(d)}, dout=dout)
        return altered(p, "w", lambda g: g.T)
    return altered(p, "W3", lambda g: g.T) if p.name == "five-layer" else None


def no_division(p: Problem, rng: Rng) -> Problem | None:
    if "n" not in p.flags:
        return None
    n = p.flags["n"]
    return replace(p, backward=lambda i, d: {k: n * v for k, v in p.backward(i, d).items()})


def mean_for_sum(p: Problem, rng: Rng) -> Problem | None:
    name = {"affine": "b", "batch norm": "beta", "two-layer": "b1", "five-layer": "b3"}.get(p.name)
    n = len(p.inputs.get("x", ())) or p.flags.get("n", 1)
    return altered(p, name, lambda g: g / n) if name else None


def no_mask(p: Problem, rng: Rng) -> Problem | None:
    if p.name == "relu":
        return replace(p, backward=lambda i, d: {"x": np.array(d)})
    return with_flag(p, mask=False)


def with_flag(p: Problem, **flags: Any) -> Problem | None:
    if "net" not in p.flags:
        return None
    right, wrong = p.backward(p.inputs, p.dout), p.backward(p.inputs, p.dout, **flags)
    if all(np.linalg.norm(right[k] - wrong[k]) <= LEAST * np.linalg.norm(right[k]) for k in right):
        return None
    return replace(p, backward=lambda i, d: p.backward(i, d, **flags))


def no_regularisation(p: Problem, rng: Rng) -> Problem | None:
    return with_flag(p, by=0.0) if p.flags.get("reg") else None


def double_regularisation(p: Problem, rng: Rng) -> Problem | None:
    return with_flag(p, by=2 * p.flags["reg"]) if p.flags.get("reg") else None


def leaky(p: Problem, rng: Rng) -> Problem | None:
    if p.name == "relu":
        return replace(p, backward=lambda i, d: {"x": d * np.where(i["x"] > 0, 1, 0.001)})
    return with_flag(p, slope=0.001)


def overwritten_cache(p: Problem, rng: Rng) -> Problem | None:
    if p.name not in ("affine", "batch norm"):
        return None

    def backward(i: Arrays, d: Any) -> Arrays:
        grads = p.backward(i, d)
        i["x"] *= 0.5  # an in-place normalisation of the cache
        return grads

    return replace(p, backward=backward)


def at_zero(p: Problem, rng: Rng) -> Problem | None:
    if not (p.name == "relu" and p.planted):
        return None
    return replace(p, backward=lambda i, d: {"x": d * (i["x"] >= 0)})


MISTAKES: dict[str, Callable[[Problem, Rng], Problem | None]] = {
    "0.1 % of one element": one_element,
    "scale 1.001": scaled,
    "one row flipped": row_flipped,
    "one row zero": row_zero,
    "transposed": transposed,
    "no 1/N": no_division,
    "mean for sum": mean_for_sum,
    "no mask": no_mask,
    "no regularisation": no_regularisation,
    "regularisation doubled": double_regularisation,
    "leaky slope 0.001": leaky,
    "cache overwritten": overwritten_cache,
    "x >= 0 at planted zeros": at_zero,
}


def right(count: int, seed: int) -> Iterator[Problem]:
    for number in range(count):
        yield FAMILIES[number % len(FAMILIES)](np.random.default_rng([seed, number]))


def wrong(count: int, seed: int) -> Iterator[tuple[str, Problem]]:
    """As many of each mistake, each on the families that it can happen to, in turn."""
    for number in range(count):
        kind = list(MISTAKES)[number % len(MISTAKES)]
        for attempt in range(100):
            rng = np.random.default_rng([seed, number, attempt])
            made = MISTAKES[kind](FAMILIES[int(rng.integers(len(FAMILIES)))](rng), rng)
            if made is not None:
                yield kind, made
                break
