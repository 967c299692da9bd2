from .batch import batchnorm_backward, batchnorm_forward
from .layer import layernorm_backward, layernorm_forward
