import time

while True:
    pass

losses = []
while True:
    losses.append(len(losses))
    time.sleep(1)
