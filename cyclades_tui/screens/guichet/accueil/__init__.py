"""An agent's home screen: figures and queues."""
