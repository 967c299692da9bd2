"""The table of real mistakes, row by row: the contract's sentence, and the golden submissions that show it.

``CAUGHT`` rows break the contract: each of their submissions loses points. ``ACCEPTED`` ones do not.
"""

from __future__ import annotations

import pytest

from tests.goldens import goldens

CAUGHT: dict[str, tuple[str, tuple[str, ...]]] = {
    "Adam without bias correction": ("adam: bias-corrected", ("adam_no_bias_correction",)),
    "Adam uses t before incrementing it": ("t: incremented before use", ("adam_t_before_increment",)),
    "Adam never stores t": ("t is an entry of config", ("adam_t_never_stored",)),
    "ReLU on the final scores": ("no relu on the scores", ("relu_on_scores", "deep_relu_on_scores")),
    "last layer unregularised": (
        "L2 0.5·reg·ΣW² over every W",
        ("last_layer_unregularised", "deep_last_layer_unregularised"),
    ),
    "biases regularised": ("no bias is regularised", ("biases_regularised", "deep_biases_regularised")),
    "no regularisation at all": ("L2 over every W", ("nothing_regularised", "deep_nothing_regularised")),
    "0.5 missing in loss": ("0.5·reg·ΣW²", ("half_missing_in_loss", "deep_half_missing")),
    "0.5 in the gradient": ("grads of that loss", ("half_in_gradient", "deep_half_in_gradient")),
    "gradient unregularised": ("grads of that loss", ("gradient_unregularised",)),
    "dW += reg + W": ("grads of that loss", ("reg_plus_instead_of_times", "deep_reg_plus_weights")),
    "reg / num_layers": ("0.5·reg·ΣW²", ("reg_per_layer", "deep_reg_per_layer")),
    "stale index": ("L2 over every W", ("deep_stale_index",)),
    "db of shape (1, M)": ("db (M,)", ("db_two_dimensional",)),
    "weight_scale ignored": (
        "weights N(0, weight_scale)",
        ("weight_scale_ignored", "deep_weight_scale_ignored"),
    ),
    "biases random": ("zero biases", ("biases_random", "deep_biases_random")),
    "keys from W0": ("params W1 b1 …", ("keys_from_zero", "deep_keys_from_zero")),
    "key misspelt": ("gamma of hidden layers", ("deep_gamma_misspelt",)),
    "gamma and beta without normalisation": (
        "gamma/beta only when normalised",
        ("deep_gamma_without_normalisation", "deep_last_layer_normalised"),
    ),
    "gamma regularised": ("gamma/beta: not regularised", ("deep_gamma_regularised",)),
    "no flattening": ("x (N, d1, …, dk) flattened to D", ("not_flattened",)),
    "dx not reshaped": ("dx in x's own shape", ("dx_not_reshaped",)),
    "bias forgotten": ("out = xW + b", ("bias_forgotten",)),
    "dW2 from the pre-ReLU activations": ("grads of the loss", ("dw2_before_relu",)),
    "momentum: lr outside v": ("v = μv − lr·dw", ("momentum_rate_outside",)),
    "momentum: no lr": ("v = μv − lr·dw", ("momentum_no_rate",)),
    "momentum: sign of v": ("v = μv − lr·dw; w + v", ("momentum_sign",)),
    "RMSProp, Adam: no root": ("√ of the running square", ("rmsprop_no_root", "adam_no_root")),
    "beta**2 for beta**t": ("bias-corrected with βᵗ", ("adam_power_of_two",)),
    "m and v swapped": ("m over √v", ("adam_moments_swapped",)),
    "corrected moments stored": ("m, v: the running means", ("adam_corrected_moments_stored",)),
    "cache not stored": ("cache is an entry of config", ("rmsprop_cache_not_stored",)),
    "r where g² belongs": ("running mean of g²", ("rmsprop_no_square",)),
    "no defaults": ("config=None works", ("adam_no_defaults", "sgd_without_config")),
    "state in globals": ("the state is in config", ("adam_state_in_globals",)),
    "one form at some steps, another at others": ("one of the epsilon forms", ("adam_forms_mixed",)),
    "dropout not inverted": ("inverted dropout", ("dropout_not_inverted",)),
    "randn for rand": ("p = probability to keep", ("dropout_randn",)),
    "one mask a batch": ("each element for itself", ("dropout_one_mask",)),
    "dropout: wrong scale": ("divided by p", ("dropout_scaled_twice",)),
    "p is taken for the probability to drop": ("p = probability to keep", ("dropout_probability_to_drop",)),
    "dropout when testing": ("test mode: x as it is", ("dropout_when_testing",)),
    "batch norm: test mode with batch statistics": (
        "test mode uses the running statistics",
        ("batchnorm_batch_statistics_when_testing",),
    ),
    "batch norm: test mode without gamma and beta": ("γ x̂ + β", ("batchnorm_test_without_gamma",)),
    "batch norm: divides by the variance": ("√(σ² + ε)", ("batchnorm_divides_by_variance",)),
    "batch norm: axis": ("over the examples", ("batchnorm_axis", "layernorm_axis")),
    "batch norm: unbiased variance": ("biased variance", ("batchnorm_unbiased_variance",)),
    "batch norm: momentum the other way round": ("running momentum .9", ("batchnorm_momentum_swapped",)),
    "relu_backward overwrites its cache": ("backward leaves its cache", ("relu_overwrites_cache",)),
    "softmax_loss overwrites x": ("x is left as it is", ("scores_overwritten",)),
    "softmax max over the batch": ("finite where the true class is the largest", ("softmax_max_of_batch",)),
    "softmax without a shift": ("finite with logits of ±1e4", ("softmax_without_shift",)),
}

ACCEPTED: dict[str, tuple[str, tuple[str, ...]]] = {
    "Adam and RMSProp: epsilon under the root": ("any epsilon form", ("epsilon_under_the_root",)),
    "Adam: ε-hat, a running power kept": ("any epsilon form; extra entries", ("epsilon_hat",)),
    "extra entries in the cache": ("the cache is the student's own", ("extra_cache_entries",)),
    "extra entries in the config": ("config may hold more", ("fresh_configs",)),
    "in-place optimizer updates": (
        "in-place update of w is allowed",
        ("updates_in_place", "in_place_updates"),
    ),
    "relu_backward overwrites dout": ("allowed by the contract", ("dout_overwritten",)),
    "float64 results": ("float64 results for float32 input", ("float64_forced",)),
    "−log p, −log(p + 1e-8)": ("loss to 1e-5", ("log_plus_epsilon", "log_of_probabilities")),
    "any source of randomness": ("masks are never compared", ("dropout_by_binomial", "own_random_source")),
    "loops that are right but slow": ("slow is right", ("pure_loops",)),
    "batch norm backward by the graph": ("values decide, not the way", ("batchnorm_by_the_graph",)),
    "dropout before the ReLU": ("the same net", ("dropout_before_relu",)),
    "a net with attributes of its own": ("params and loss are the contract", ("nets_of_their_own_shape",)),
}

GOLDENS = {golden.name: golden for golden in goldens()}


@pytest.mark.parametrize("row", CAUGHT)
def test_a_row_that_breaks_the_contract_is_caught(row: str) -> None:
    sentence, names = CAUGHT[row]
    assert sentence
    for name in names:
        expected = GOLDENS[name].expect
        assert not expected.get("full")
        assert expected["questions"]


@pytest.mark.parametrize("row", ACCEPTED)
def test_a_row_that_keeps_the_contract_is_accepted(row: str) -> None:
    sentence, names = ACCEPTED[row]
    assert sentence
    for name in names:
        assert GOLDENS[name].expect.get("full") or not GOLDENS[name].expect.get("questions")
