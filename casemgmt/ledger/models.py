"""The ledger has no table of its own yet; with this module Django tells it of every migrate."""
