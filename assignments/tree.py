"""Where the contract's tree of modules has each name; see the contracts in the instructors' guide."""

from __future__ import annotations

FILES: dict[str, tuple[str, ...]] = {
    "layers.py": (
        "affine_forward",
        "affine_backward",
        "relu_forward",
        "relu_backward",
        "softmax_loss",
        "svm_loss",
        "batchnorm_forward",
        "batchnorm_backward",
        "batchnorm_backward_alt",
        "layernorm_forward",
        "layernorm_backward",
        "dropout_forward",
        "dropout_backward",
    ),
    "optim.py": ("sgd", "sgd_momentum", "rmsprop", "adam"),
    "classifiers/fc_net.py": ("TwoLayerNet", "FullyConnectedNet"),
}
