"""The commonest first names in Italy, to tell a person's name from that of an office. Lower case.

Names that are words or places as often (Alba, Grazia, viale Romano) are left out.
"""

FIRST_NAMES = frozenset("""
    adele adriana adriano agnese ahmed alberto alessandra alessandro alessia alessio alex alfredo ali alice
    amelia andrea angela angelo anna annalisa annamaria antonella antonia antonio arianna arturo barbara
    beatrice camilla carla carlo carmela carmelo carmen carolina caterina cecilia chiara cinzia claudia
    claudio concetta corrado cristian cristiano cristina daniela daniele dario davide debora domenico
    donatella edoardo elena eleonora elisa elisabetta emanuela emanuele emilia emilio emma enrica enrico enzo
    erica ernesto ester eugenio eva fabio fabrizio fatima federica federico ferdinando filippo fiorella flavia
    flavio franca francesca francesco gabriele gabriella gaetano gennaro giacomo giada gianfranco gianluca
    gianni ginevra gino giorgia giorgio giovanna giovanni giulia giuliana giuliano giulio giuseppe giuseppina
    graziella greta guido hassan ida ilaria irene isabella ivan ivana jacopo laura lavinia leonardo letizia
    lidia liliana lina livia loredana lorenza lorenzo luca lucia luciana luciano ludovica luigi luigia luisa
    maddalena manuel manuela mara marcella marcello marco margherita maria mariangela marianna mariella marina
    mario marisa marta martina massimiliano massimo matilde matteo mattia maurizio mauro michela michele
    mirella mohamed monica nadia nicola nicole nicoletta nicolo olga omar orietta osvaldo paola paolo pasquale
    patrizia pier piera piero pietro raffaele raffaella rebecca renata renato renzo riccardo rita roberta
    roberto rocco rosanna rosaria rosario rossana rossella sabrina salvatore samuele sandra sandro sara
    sebastiano serena sergio silvana silvano silvia silvio simona simone sofia sonia stefania stefano susanna
    teresa tiziana tiziano tommaso umberto valentina valentino valeria valerio vanessa veronica vincenza
    vincenzo virginia vittorio viviana walter
""".split())
