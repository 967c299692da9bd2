class Part:
    names = ()

    def __init__(self, mode="train", **settings):
        self.mode, self.settings = mode, settings

    @classmethod
    def start(cls, before, after, scale):
        return {}

    def take(self, parameters):
        for name, value in parameters.items():
            setattr(self, name, value)
        return self

    def pair(self, x):
        """(out, cache) of a function of the contract."""
        return self.forward(x), self
