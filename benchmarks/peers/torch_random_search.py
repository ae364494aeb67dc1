#!/usr/bin/env python3
"""The search of `benchmarks/run job` in PyTorch: torch_random_search.py DATA.csv TARGET SEARCH.json, one thread.

SEARCH.json holds the trials and the rows of each part. Prints one line of JSON: the validation accuracy of each trial's best epoch, and
the test accuracy of the winner, trained again on training and validation rows.
"""
import csv
import json
import sys

import torch
from torch import nn


def network(inputs, classes, trial, dropout):
    layers = []
    width = inputs
    for _ in range(trial["layers"]):
        layers += [nn.Linear(width, trial["units"]), nn.ReLU(), nn.Dropout(dropout)]
        width = trial["units"]
    return nn.Sequential(*layers, nn.Linear(width, classes))


def accuracy(model, x, y):
    model.eval()
    with torch.no_grad():
        right = (model(x).argmax(1) == y).float().mean().item()
    model.train()
    return right


def train(model, x, y, trial, epochs, after_epoch):
    optimizer = torch.optim.Adam(model.parameters(), lr=trial["lr"])
    loss = nn.CrossEntropyLoss()
    size = trial["batch_size"]
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for start in range(0, len(x), size):
            rows = order[start : start + size]
            optimizer.zero_grad()
            loss(model(x[rows]), y[rows]).backward()
            optimizer.step()
        after_epoch()


def blas():
    """Which library makes the products: Debian's torch takes whichever is installed, and the reference one is slow."""
    with open("/proc/self/maps") as maps:
        mapped = maps.read()
    return next((name for name in ("mkl", "openblas", "blas") if "/lib" + name in mapped), "its own")


def main(data, target, search_file):
    torch.set_num_threads(1)
    with open(search_file) as file:
        search = json.load(file)
    with open(data) as file:
        table = list(csv.reader(file))
    column = table[0].index(target)
    features = torch.tensor([[float(cell) for i, cell in enumerate(row) if i != column] for row in table[1:]])
    labels = torch.tensor([int(row[column]) for row in table[1:]])
    classes = int(labels.max()) + 1
    fitted = features[search["training"]]
    spread = fitted.std(0, unbiased=False)
    features = (features - fitted.mean(0)) / torch.where(spread > 0, spread, torch.ones_like(spread))

    def part(*names):
        rows = sum((search[name] for name in names), [])
        return features[rows], labels[rows]

    x, y = part("training")
    validation = part("validation")
    values = []
    for number, trial in enumerate(search["trials"]):
        torch.manual_seed(number)
        model = network(x.shape[1], classes, trial, search["dropout"])
        epochs = []
        train(model, x, y, trial, search["epochs"], lambda: epochs.append(accuracy(model, *validation)))
        values.append(max(epochs))
    winner = search["trials"][values.index(max(values))]
    model = network(x.shape[1], classes, winner, search["dropout"])
    train(model, *part("training", "validation"), winner, search["epochs"], lambda: None)
    print(json.dumps({"name": f"PyTorch {torch.__version__} ({blas()})", "values": values, "test": accuracy(model, *part("test"))}))


if __name__ == "__main__":
    main(*sys.argv[1:])
