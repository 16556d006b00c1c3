"""One SCAN step for all heads at once in PyTorch, to compare Kindred's engines with: prints steps per second (best ten in a row).

    python pytorch-step.py HEADS WIDTH CLUSTERS BATCH        needs torch (CPU); the product does not
"""
import math
import sys
import time

import torch

heads, width, clusters, batch = map(int, sys.argv[1:5])
steps = 40 if batch > 1000 else 200
views, photos, neighbors = 5, 4000, 20
x = torch.nn.functional.normalize(torch.randn(views, photos, width), dim=2) * math.sqrt(width)
near = torch.randint(photos, (photos, neighbors))
weight = (torch.randn(heads, width, clusters) * .1 / math.sqrt(width)).requires_grad_()
bias = torch.zeros(heads, 1, clusters, requires_grad=True)
optimizer = torch.optim.Adam([weight, bias], .03)


def probs(rows):
    return (torch.einsum('bd,hdc->hbc', rows, weight) + bias).softmax(-1)


times = [time.perf_counter()]
for _ in range(steps):
    anchor = torch.randint(photos, (batch,))
    neighbor = near[anchor, torch.randint(neighbors, (batch,))]
    p = probs(x[torch.randint(views, (batch,)), anchor])
    q = probs(x[torch.randint(views, (batch,)), neighbor])
    mean = p.mean(1)
    consistency = -(p * q).sum(-1).clamp_min(1e-8).log().mean(1)
    loss = (consistency + 5 * (mean * mean.clamp_min(1e-8).log()).sum(-1)).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    times.append(time.perf_counter())
run = min(10, steps - 2)
print(run / min(times[end] - times[end - run] for end in range(run + 2, len(times))))
