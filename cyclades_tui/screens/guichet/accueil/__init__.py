"""The home of an agent: figures and queues."""
