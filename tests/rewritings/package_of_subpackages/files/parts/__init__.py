TABLE = {}


def known_as(name):
    def decorate(cls):
        TABLE[name] = cls
        return cls

    return decorate


def build(name, **settings):
    return TABLE[name](**settings)


from . import dense, drop, norms  # they enter themselves in the table
