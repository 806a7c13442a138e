"""I comuni di cui nessuna riga dice che un’agenzia per l’affitto li serve.

    python docs/stories/without_agency.py SITE
"""

import sys

from published import of, table, words


def main(site: str) -> None:
    places, kinds = table(site, "municipalities").set_index("istat_code"), words(site, "networks", "kind")
    members = table(site, "network_members").merge(table(site, "networks"), on="network_id", suffixes=("", "_network"))
    served = set(members.istat_code[members.kind == "agency"]) & set(places.index)
    print(f"In un’agenzia: {of(len(served), len(places), 'comune', 'comuni')}.")
    for name, group in members[members.kind == "agency"].groupby("name"):
        undated, newest = int(group.as_of.isna().sum()), group.as_of.dropna().max()
        known = "" if undated == len(group) else f", il fatto più recente è di {newest}"
        print(f"  {name}: {group.istat_code.nunique()}{known}{f', {undated} senza data' if undated else ''}")
    without = places.drop(index=list(served))
    linked = without.index.intersection(list(set(members.istat_code)))
    print(f"Senza un’agenzia: {of(len(without), len(places), 'comune', 'comuni')}. Di questi:")
    print(f"  in un’altra rete: {of(len(linked), len(without), 'comune', 'comuni')}")
    for kind, group in members[members.istat_code.isin(linked)].groupby("kind"):
        print(f"    {kinds.get(kind, kind)}: {group.istat_code.nunique()}")
    lonely = without.drop(index=list(linked))
    print(f"  in nessuna rete: {of(len(lonely), len(without), 'comune', 'comuni')}: {', '.join(sorted(lonely.name))}")
    print("Nessuna riga non vuol dire nessuna agenzia: vuol dire che nessuna fonte letta finora lo dice.")


if __name__ == "__main__":
    main(sys.argv[1])
