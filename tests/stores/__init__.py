"""Real triple stores to test against: each is started on a free port in a folder of its own, asked, and stopped.

`.ci/stores` installs their programs; nothing here installs anything. A store whose programs are not there says so in
`missing()`. What all can do is in `store`, one module per store does it:

    with Virtuoso(tmp_path) as store:
        store.load(triples_file)
        store.rows("SELECT …")  # or send HTTP to store.query_url, store.update_url, store.gsp_url
"""

from stores.comunica import Comunica
from stores.inprocess import InRdflib, Pyoxigraph
from stores.jena import Jena
from stores.oxigraph import Oxigraph
from stores.store import Server, Store, StoreError
from stores.virtuoso import Virtuoso

STORES: tuple[type[Store], ...] = (Pyoxigraph, InRdflib, Oxigraph, Virtuoso, Comunica, Jena)

__all__ = [
    "STORES",
    "Comunica",
    "InRdflib",
    "Jena",
    "Oxigraph",
    "Pyoxigraph",
    "Server",
    "Store",
    "StoreError",
    "Virtuoso",
]
