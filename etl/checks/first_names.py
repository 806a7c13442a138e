"""The commonest first names in Italy, to tell a person's name from that of an office. Lower case."""
    FIRST_NAMES = frozenset(""" adele adriana adriano agnese alba alberto alessandra alessandro alessia
    alessio alex alfredo alice amelia andrea angela angelo anna annalisa annamaria antonella antonia antonio
    arianna arturo asia aurora barbara beatrice bianca bruno camilla carla carlo carmela carmelo carmen
    carolina caterina cecilia chiara cinzia clara claudia claudio concetta corrado cristian cristiano cristina
    daniela daniele dario davide debora diego domenico donatella edoardo elena eleonora elisa elisabetta
    emanuela emanuele emilia emilio emma enrica enrico enzo erica ernesto ester eugenio eva fabio fabrizio
    federica federico ferdinando filippo fiorella flavia flavio franca francesca francesco franco gabriele
    gabriella gaetano gennaro giacomo giada gianfranco gianluca gianni ginevra gino giorgia giorgio giovanna
    giovanni giulia giuliana giuliano giulio giuseppe giuseppina gloria grazia graziella greta guido ida
    ilaria irene isabella ivan ivana jacopo laura lavinia leonardo letizia lidia liliana lina livia lorenza
    lorenzo loredana luca lucia luciana luciano ludovica luigi luigia luisa maddalena manuel manuela mara
    marcella marcello marco margherita maria mariangela marianna mariella marina mario marisa marta martina
    massimiliano massimo matilde matteo mattia maurizio mauro michela michele mirella mohamed monica nadia
    natale nicola nicole nicoletta nicolo olga orietta osvaldo paola paolo pasquale patrizia pier piera piero
    pietro raffaele raffaella rebecca renata renato renzo riccardo rita roberta roberto rocco romano rosa
    rosanna rosaria rosario rossana rossella sabrina salvatore samuele sandra sandro sara sebastiano serena
    sergio silvana silvano silvia silvio simona simone sofia sonia stefania stefano susanna teresa tiziana
    tiziano tommaso umberto valentina valentino valeria valerio vanessa vera veronica vincenza vincenzo
    virginia vittoria vittorio viviana walter ahmed fatima hassan ali omar
""".split()) - {"natale", "romano", "alba", "rosa", "vera", "gloria", "grazia", "vittoria", "aurora", "asia", "bruno",
                "franco", "diego", "bianca", "clara"}
"""Without those that are words or places as often as names (viale Romano, Alba, Grazia)."""
