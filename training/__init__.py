"""How the shipped reader's weights are made: the gold sets as examples, the network, its training, its export."""
