"""The same with Jena, which has no command of its own here: its jars in a JVM within this process (JPype).

Run by the Python that .ci/stores installs: by_jena.py JARS PROJECT QUERY.rq
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "stores"))
from jena_server import begin_jvm, java


def main(jars: str, project: str, query: str) -> None:
    begin_jvm(Path(jars))
    import jpype

    root = Path(project)
    graph = java("riot.RDFDataMgr").loadModel(str(root / "ontology" / "kb.ttl"))
    for path in sorted((root / "data").rglob("*.ttl")):
        java("riot.RDFDataMgr").read(graph, str(path))
    asked = java("query.QueryExecutionFactory").create(Path(query).read_text(encoding="utf-8"), graph)
    out = jpype.JClass("java.io.ByteArrayOutputStream")()
    java("query.ResultSetFormatter").outputAsCSV(out, asked.execSelect())
    sys.stdout.buffer.write(bytes(out.toByteArray()))


if __name__ == "__main__":
    main(*sys.argv[1:])
