"""The commands of `kb`, one a module: options, a call of the library, a writer; nothing else."""
