"""A candidate seen by an agent, and what an agent does there."""
