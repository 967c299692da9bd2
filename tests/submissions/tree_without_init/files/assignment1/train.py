"""python train.py"""
import argparse

from nn.net import TwoLayerNet
from nn.tools import sgd

hyperparameters = {
    "hidden_dim": 128, "learning_rate": 0.5, "lr_decay": 0.75, "reg": 2e-3,
    "weight_scale": 1e-2, "batch_size": 50, "num_epochs": 10,
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=10)
    args = parser.parse_args()
    net = TwoLayerNet(784, hyperparameters["hidden_dim"])
