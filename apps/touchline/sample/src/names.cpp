#include "names.hpp"

#include <utility>

namespace touchline::sample {
namespace {

constexpr Name k_be_given[] = {"Lotte",    "Jef",    "Élodie", "Noor",        "Wout",
                               "Amélie",   "Maxime", "Sien",   "Bram",        "Chloé",
                               "Thibault", "Fien",   "Zoë",    "Yasmina",     "Anaïs",
                               "Gaël",     "Tine",   "Rachid", "Олена|Olena", "Stijn"};
constexpr Name k_be_family[] = {
    "Peeters",
    "Janssens",
    "Maes",
    "Dubois",
    "Lambert",
    "Wouters",
    "Claes",
    "Goossens",
    "Lefèvre",
    "Van den Broeck",
    "De Smet",
    "Hermans",
    "François",
    "Mertens",
    "El Amrani",
    "Шевченко|Shevchenko",
    "Coppens",
    "Noël"};
constexpr Name k_fr_given[] = {
    "Camille",
    "Hélène",
    "Théo",
    "Chloé",
    "Léa",
    "Jérôme",
    "Inès",
    "Noémie",
    "Aurélien",
    "Margaux",
    "Loïc",
    "Maëlle",
    "François",
    "Zoé",
    "Étienne",
    "Solène",
    "Rémi",
    "Anaïs"};
constexpr Name k_fr_family[] = {
    "Moreau",
    "Lefebvre",
    "Garnier",
    "Chevalier",
    "Béranger",
    "Rousseau",
    "Lemaître",
    "Gauthier",
    "Perrin",
    "Mercier",
    "Dupré",
    "Lacroix",
    "Fontaine",
    "Bénard",
    "Hervé",
    "Marchand"};
constexpr Name k_de_given[] = {
    "Jürgen",
    "Anke",
    "Björn",
    "Käthe",
    "Lukas",
    "Sören",
    "Mareike",
    "Günter",
    "Zeynep",
    "Heike",
    "Matthias",
    "Jörg",
    "Annika",
    "Ελένη|Eleni",
    "Dmitri",
    "Friederike",
    "Uwe",
    "Bärbel"};
constexpr Name k_de_family[] = {
    "Müller",
    "Schröder",
    "Weiß",
    "Köhler",
    "Krüger",
    "Böhm",
    "Vogel",
    "Brandt",
    "Jäger",
    "Großmann",
    "Öztürk",
    "Παπαδοπούλου|Papadopoulou",
    "Hoffmann",
    "Schäfer",
    "Lindner",
    "Nowak"};
constexpr Name k_gb_given[] = {
    "Oliver",
    "Amelia",
    "Siobhán",
    "Harry",
    "Priya",
    "Callum",
    "Niamh",
    "George",
    "Aisha",
    "Rhys",
    "Imogen",
    "Ewan",
    "Freya",
    "Tomasz",
    "Zara",
    "Alasdair",
    "Beatrix",
    "Kwame"};
constexpr Name k_gb_family[] = {
    "Ashworth",
    "O'Neill",
    "MacLeod",
    "Patel",
    "Hughes",
    "Okafor",
    "Thornbury",
    "Llewellyn",
    "Fraser",
    "Kowalczyk",
    "Whitcombe",
    "Singh",
    "Barrow",
    "Penhaligon",
    "Sinclair",
    "Haworth"};
constexpr Name k_pt_given[] = {
    "Inês",
    "João",
    "Beatriz",
    "Tomás",
    "Conceição",
    "Rui",
    "Leonor",
    "Gonçalo",
    "Mafalda",
    "Simão",
    "Lúcia",
    "André",
    "Íris",
    "Duarte",
    "Fátima",
    "Vicente",
    "Carolina",
    "Zé"};
constexpr Name k_pt_family[] = {
    "Silva",
    "Carvalho",
    "Gonçalves",
    "Simões",
    "Magalhães",
    "Araújo",
    "Brandão",
    "Conceição",
    "Teixeira",
    "Falcão",
    "Galvão",
    "Marçal",
    "Loureiro",
    "Guimarães",
    "Antunes",
    "Mourão"};

constexpr std::string_view k_be_cities[] = {
    "Gent", "Antwerpen", "Liège", "Namur", "Leuven", "Bruxelles", "Oostende"};
constexpr std::string_view k_fr_cities[] = {
    "Lille", "Lyon", "Nantes", "Strasbourg", "Orléans", "Besançon"};
constexpr std::string_view k_de_cities[] = {
    "Köln", "Münster", "Berlin", "Freiburg", "Lübeck", "Göttingen"};
constexpr std::string_view k_gb_cities[] = {
    "Leeds", "Bristol", "Manchester", "Edinburgh", "Norwich", "Cardiff"};
constexpr std::string_view k_pt_cities[] = {
    "Lisboa", "Porto", "Évora", "Coimbra", "Setúbal", "Aveiro"};

constexpr Country k_countries[] = {
    {"BE", "nl", "32", k_be_given, k_be_family, k_be_cities},
    {"FR", "fr", "33", k_fr_given, k_fr_family, k_fr_cities},
    {"DE", "de", "49", k_de_given, k_de_family, k_de_cities},
    {"GB", "en", "44", k_gb_given, k_gb_family, k_gb_cities},
    {"PT", "pt", "351", k_pt_given, k_pt_family, k_pt_cities}};

constexpr std::string_view k_companies[] = {
    "Atelier Brume",
    "Nordlicht Logistik",
    "Quinta do Vento",
    "Bakkerij Zonnehoek",
    "Fenwick & Lowe",
    "Studio Kaneel",
    "Velodrome Lumière",
    "Hafenkontor Grün",
    "Courier Sprint",
    "Casa das Rodas",
    "Mairie de Valclair",
    "Ribbon & Spoke",
    "Koffiehuis Merel",
    "Bergblick Touren",
    "Imprimerie Sarcelle",
    "Tidewater Clinics",
    "Fundação Maré",
    "Drukkerij Linde"};

constexpr std::pair<std::string_view, std::string_view> k_letters[] = {
    {"à", "a"},  {"á", "a"}, {"â", "a"}, {"ã", "a"}, {"ä", "a"}, {"ç", "c"}, {"è", "e"},
    {"é", "e"},  {"ê", "e"}, {"ë", "e"}, {"í", "i"}, {"î", "i"}, {"ï", "i"}, {"ñ", "n"},
    {"ó", "o"},  {"ô", "o"}, {"õ", "o"}, {"ö", "o"}, {"ú", "u"}, {"û", "u"}, {"ü", "u"},
    {"ß", "ss"}, {"É", "e"}, {"Í", "i"}, {"Ö", "o"}, {"Ü", "u"}};

}  // namespace

std::span<const Country> countries() {
    return k_countries;
}

std::span<const std::string_view> company_names() {
    return k_companies;
}

std::string written(Name name) {
    return std::string(name.substr(0, name.find('|')));
}

std::string in_ascii(Name name) {
    if (const auto bar = name.find('|'); bar != Name::npos) name.remove_prefix(bar + 1);
    std::string ascii;
    while (!name.empty()) {
        std::size_t taken = 1;
        for (const auto& [letter, plain] : k_letters) {
            if (!name.starts_with(letter)) continue;
            ascii += plain;
            taken = letter.size();
        }
        const char c = name.front();
        if (c >= 'A' && c <= 'Z') ascii += static_cast<char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) ascii += c;
        name.remove_prefix(taken);
    }
    return ascii;
}

}  // namespace touchline::sample
