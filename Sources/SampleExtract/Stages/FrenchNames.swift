/// Names for streets, shops and people, put together from lists; none is meant to be a real place or person.
struct FrenchNames {
    private var used: Set<String> = []

    private static let kinds = ["Rue", "Rue", "Rue", "Rue", "Avenue", "Allée", "Impasse", "Chemin", "Passage"]
    private static let things = [
        "des Tuiliers", "des Tanneurs", "du Vieux Puits", "des Lavandières", "de l’Ancre", "du Moulin à Vent",
        "des Quatre Vents", "de la Fontaine", "des Hirondelles", "du Four à Chaux", "des Cordiers", "de la Dune",
        "des Embruns", "du Petit Phare", "des Sauniers", "de la Corderie", "des Charpentiers", "du Lavoir",
        "des Mimosas", "des Tamaris", "des Ajoncs", "des Genêts", "de la Bruyère", "du Verger", "des Pommiers",
        "des Noisetiers", "du Pré Clos", "de la Grange", "des Meules", "du Colombier", "des Alouettes",
        "des Goélands", "des Cormorans", "des Sternes", "du Vent d’Ouest", "de la Marée", "de l’Estran",
        "des Coquillages", "des Filets Bleus", "de la Misaine", "du Cabestan", "des Voiliers", "de l’Écluse",
        "des Roseaux", "des Saules", "des Aulnes", "de la Passerelle", "du Gué", "des Martinets", "des Remparts",
        "de la Poterne", "du Beffroi", "des Orfèvres", "des Potiers", "des Merciers", "du Puits Doré", "de l’Horloge",
        "des Trois Marchands", "du Chapeau Rouge", "de la Cloche", "des Écoliers", "du Vieux Marché", "des Halles",
        "de la Poste", "du Théâtre", "des Arts", "des Jardins", "de Bellevue", "de Beauséjour", "du Levant",
        "du Couchant", "de la République", "de la Liberté", "des Fraternités", "du Premier Mai", "de l’Avenir",
    ]
    private static let people = [
        "Apolline Verdier", "Zéphirin Lacaille", "Honorine Mestral", "Basile Quintard", "Ursule Tréval",
        "Anselme Courcelle", "Philomène Aubrac", "Octave Belloir", "Sidonie Marquet", "Fulgence Rivoire",
    ]

    /// A street's name that no street has yet.
    mutating func street(_ random: inout SampleRandom) -> String {
        for _ in 0..<40 {
            let ending = random.chance(0.15) ? random.pick(FrenchNames.people) : random.pick(FrenchNames.things)
            let name = "\(random.pick(FrenchNames.kinds)) \(ending)"
            if used.insert(name).inserted { return name }
        }
        return "Rue Neuve"
    }

    static func family(_ random: inout SampleRandom) -> String {
        random.pick(["Mestral", "Quintard", "Belloir", "Tréval", "Aubrac", "Rivoire", "Lacaille", "Courcelle"])
    }
}
