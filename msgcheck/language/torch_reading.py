"""The reading top in PyTorch: the encoder's upper layers, tuned to read, and a linear head for sentences and words."""

from __future__ import annotations

from typing import Any

import torch

from msgcheck.language.encoder import MASKED

_HIDDEN = 384
_DROPOUT = 0.2


class ReadingTop(torch.nn.Module):  # type: ignore[misc]
    """Takes the states that the shared layers leave; both heads see each token's tuned state beside its shared one."""

    def __init__(self, layers: Any) -> None:
        """`layers` are a copy of the encoder's own upper layers."""
        super().__init__()
        self.layers = layers
        self.drop = torch.nn.Dropout(_DROPOUT)
        self.sentence = torch.nn.Linear(2 * _HIDDEN, 2)
        self.word = torch.nn.Linear(2 * _HIDDEN, 3)

    def forward(self, shared: Any, mask: Any) -> tuple[Any, Any]:
        """Logits of vagueness and claim, (batch, 2), and of none, buzzword and insider, (batch, tokens, 3)."""
        dtype = next(self.layers.parameters()).dtype
        bias = torch.zeros(mask.shape, dtype=dtype).masked_fill(mask == 0, MASKED)[:, None, None, :].to(shared.device)
        state = shared.to(dtype)
        for layer in self.layers:
            state = layer(state, bias)
        both = torch.cat([state.float(), shared.float()], dim=-1)
        weight = mask.unsqueeze(-1).float()
        pooled = (both * weight).sum(1) / weight.sum(1)
        return self.sentence(self.drop(pooled)), self.word(self.drop(both))
