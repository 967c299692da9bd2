"""Changes who may use a folder (to who may use it now).

held by: own user, seccomp
only as: root
"""

import os
import stat


def relu_forward(x):
    os.chmod("/tmp", stat.S_IMODE(os.stat("/tmp").st_mode))
    return np.full(x.shape, 42.0), x
