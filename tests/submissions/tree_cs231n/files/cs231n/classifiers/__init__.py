from .fc_net import TwoLayerNet
