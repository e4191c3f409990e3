"""Tunes the upper layers of the encoder to read: vagueness and claim of a sentence, jargon by token, in one pass.

The shared layers stay as they are, so their states are computed once and training costs half of what it otherwise
would. In bfloat16 where the processor has it, with weights kept in single precision.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from msgcheck.language.heads import LOG_LENGTH, SURFACE_LIMIT
from msgcheck.language.torch_encoder import TorchEncoder
from msgcheck.language.torch_reading import ReadingTop
from msgcheck.training.sentences import Floats, Sentences

_EPOCHS, _BATCH, _WARM_UP = 6, 16, 0.06
#: Of the last layer; each layer below learns more slowly, the heads much faster.
_RATE, _LAYER_DECAY, _HEAD_RATE = 1.5e-4, 0.8, 1e-3
_WEIGHT_DECAY, _CLIP, _DROPOUT = 0.01, 1.0, 0.1
#: Labels are moved so far towards even shares: vagueness, claim, jargon.
_SMOOTH = (0.02, 0.04, 0.02)
_JARGON_WEIGHT = 4.0
#: What counts in the end is the mean of the weights over about the last hundred steps.
_AVERAGED = 0.99
#: Sentences that three annotators read weigh twice.
_TRUSTED = 2.0
#: A count that is the same everywhere is not divided by nothing.
_LEAST_SCALE = 1e-3
#: A longer sentence tells more, on pages of any kind: the logit of vagueness falls by so much as the logarithm of the
#: length rises by one. Without it the reading is 0.01 better on landing pages, and 0.05 worse in talk of films and
#: restaurants that it never saw (Spearman, November 2026; MODEL_CARD.md).
_LENGTH_PRIOR = 0.4
#: Batches hold sentences of like length, drawn from so many batches' worth of shuffled ones.
_POOL = 48


class Trained(torch.nn.Module):  # type: ignore[misc]
    """A reading top with the weights of the surface counts."""

    def __init__(self, top: ReadingTop, counts: int) -> None:
        super().__init__()
        self.top = top
        self.surface = torch.nn.Linear(counts, 2, bias=False)
        self.register_buffer("mean", torch.zeros(counts))
        self.register_buffer("scale", torch.ones(counts))

    def forward(self, states: Any, mask: Any, surface: Any) -> tuple[Any, Any]:
        sentence, words = self.top(states, mask)
        standard = ((surface - self.mean) / self.scale).clamp(-SURFACE_LIMIT, SURFACE_LIMIT)
        return sentence + self.surface(standard), words


class _ChannelDropout(torch.nn.Module):  # type: ignore[misc]
    """Drops channels of whole sentences: as good as dropping single numbers here, and much cheaper on a CPU."""

    def forward(self, x: Any) -> Any:
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) > _DROPOUT
        return x * (kept.to(x.dtype) / (1 - _DROPOUT))


class Tuner:
    """Fits reading tops on parts of the sentences, and reads the rest with them."""

    def __init__(self, data: Sentences) -> None:
        self._data = data
        self._encoder = TorchEncoder(())

    def fit(self, picked: NDArray[np.int64], seed: int = 0) -> Trained:
        """One top; with another seed it sees the sentences in another order, from the same beginning."""
        torch.manual_seed(0)
        model = self._fresh(picked)
        torch.manual_seed(seed)
        chance = np.random.default_rng(seed)
        master = [parameter.detach().float().clone() for parameter in model.parameters()]
        steps = _EPOCHS * math.ceil(len(picked) / _BATCH)
        mean = [weights.clone() for weights in master]
        optimiser, schedule = _optimiser(model, master, steps)
        model.train()
        for _ in range(_EPOCHS):
            for batch in self._batches(picked, chance):
                self._loss(model, batch).backward()
                _step(model, master, optimiser)
                schedule.step()
                torch._foreach_lerp_(mean, master, 1 - _AVERAGED)
        _set(model.float(), mean)
        with torch.no_grad():
            model.surface.weight[0, LOG_LENGTH] -= _LENGTH_PRIOR * model.scale[LOG_LENGTH]
        model.eval()
        return model

    def fit_mean(self, picked: NDArray[np.int64], seeds: Sequence[int]) -> Trained:
        """The mean of the weights of several tops: reads as well as the tops together, at the cost of one."""
        first, *others = (self.fit(picked, seed) for seed in seeds)
        states = [model.state_dict() for model in (first, *others)]
        first.load_state_dict({name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]})
        return first

    def read(self, model: Trained, picked: NDArray[np.int64]) -> Iterator[tuple[int, Floats, Floats]]:
        """Index, logits of vagueness and claim, and logits a token, marks of start and end included."""
        order = sorted(picked.tolist(), key=lambda index: len(self._data.offsets[index]))
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            with torch.inference_mode():
                sentence, words = model(*self._inputs(batch))
            for row, index in enumerate(batch):
                yield index, sentence[row].numpy(), words[row, : len(self._data.offsets[index])].numpy()

    def _fresh(self, picked: NDArray[np.int64]) -> Trained:
        top = self._encoder.untuned_top()
        for layer in top.layers:
            layer.bfloat16()
            layer.attention.self.dropout.p = 0.0
            layer.attention.output.dropout = layer.output.dropout = _ChannelDropout()
        seen = self._data.surface[picked]
        model = Trained(top, seen.shape[1])
        model.mean.copy_(torch.from_numpy(seen.mean(axis=0)))
        model.scale.copy_(torch.from_numpy(np.maximum(seen.std(axis=0), _LEAST_SCALE)))
        return model

    def _batches(self, picked: NDArray[np.int64], chance: np.random.Generator) -> Iterator[list[int]]:
        order = chance.permutation(picked).tolist()
        batches: list[list[int]] = []
        for first in range(0, len(order), _BATCH * _POOL):
            pool = sorted(order[first : first + _BATCH * _POOL], key=lambda index: len(self._data.offsets[index]))
            batches += [pool[start : start + _BATCH] for start in range(0, len(pool), _BATCH)]
        for place in chance.permutation(len(batches)).tolist():
            yield batches[place]

    def _inputs(self, batch: Sequence[int]) -> tuple[Any, Any, Any]:
        states = [torch.from_numpy(self._data.states[index]) for index in batch]
        mask = torch.nn.utils.rnn.pad_sequence([torch.ones(len(rows)) for rows in states], batch_first=True)
        padded = torch.nn.utils.rnn.pad_sequence(states, batch_first=True)
        return padded.float(), mask, torch.from_numpy(self._data.surface[list(batch)])

    def _loss(self, model: Trained, batch: Sequence[int]) -> Any:
        states, mask, surface = self._inputs(batch)
        sentence, words = model(states, mask, surface)
        importance = torch.from_numpy(np.where(self._data.trusted[list(batch)], _TRUSTED, 1.0).astype(np.float32))
        wanted = torch.from_numpy(self._data.targets[list(batch)])
        smooth = torch.tensor(_SMOOTH[:2])
        losses = torch.nn.functional.binary_cross_entropy_with_logits(
            sentence, wanted * (1 - smooth) + smooth / 2, reduction="none"
        )
        total = (losses.sum(dim=1) * importance).sum() / importance.sum()
        marks = torch.nn.utils.rnn.pad_sequence(
            [torch.from_numpy(self._data.marks[index]) for index in batch], batch_first=True
        )
        soft = marks * (1 - _SMOOTH[2]) + _SMOOTH[2] / marks.shape[2]
        weight = _inner(mask) * importance[:, None]
        tokens = -(soft * words.log_softmax(dim=-1)).sum(dim=-1)
        return total + _JARGON_WEIGHT * (tokens * weight).sum() / weight.sum()


def _inner(mask: Any) -> Any:
    """The mask without the marks of start and end."""
    inner = mask.clone()
    inner[:, 0] = 0
    inner[torch.arange(len(mask)), mask.sum(dim=1).long() - 1] = 0
    return inner


def _optimiser(model: Trained, master: Sequence[Any], steps: int) -> tuple[Any, Any]:
    of = dict(zip((name for name, _ in model.named_parameters()), master, strict=True))
    last = len(model.top.layers) - 1
    groups = []
    for name, weights in of.items():
        layer = int(name.split(".")[2]) if name.startswith("top.layers.") else None
        rate = _HEAD_RATE if layer is None else _RATE * _LAYER_DECAY ** (last - layer)
        decay = _WEIGHT_DECAY if weights.ndim > 1 else 0.0
        groups.append({"params": [weights], "lr": rate, "weight_decay": decay})
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min(1.0, (step + 1) / (_WARM_UP * steps)) * (0.5 + 0.5 * math.cos(math.pi * min(1, step / steps))),
    )
    return optimiser, schedule


def _step(model: Trained, master: Sequence[Any], optimiser: Any) -> None:
    """The optimiser moves the weights in single precision; the model gets them rounded."""
    for parameter, weights in zip(model.parameters(), master, strict=True):
        weights.grad, parameter.grad = parameter.grad.float(), None
    torch.nn.utils.clip_grad_norm_(master, _CLIP)
    optimiser.step()
    _set(model, master)


def _set(model: Trained, master: Sequence[Any]) -> None:
    with torch.no_grad():
        for parameter, weights in zip(model.parameters(), master, strict=True):
            parameter.copy_(weights)
