#include "phrases.hpp"

namespace touchline::sample {
namespace {

using Text = std::string_view;

constexpr Product k_products[] = {
    {"HC-100", "Halden City 7", 84900},
    {"HT-220", "Halden Tour 24", 119900},
    {"HE-310", "Halden E-Tour", 259900},
    {"HE-330", "Halden E-Cargo", 489900},
    {"HK-050", "Halden Kids 20", 34900},
    {"AC-011", "Rain cape Vika", 5900},
    {"AC-024", "Pannier pair Fjord", 12900},
    {"AC-031", "Helmet Lys", 7900},
    {"AC-040", "Lock Granit 90", 6900},
    {"SP-007", "Brake pads, pair", 1900},
    {"SP-019", "Battery 500 Wh", 54900},
    {"SV-001", "Yearly service", 8900}};

constexpr Trouble k_troubles[] = {
    {"delivery",
     "Where is my parcel?",
     "I was promised delivery on Tuesday and stayed at home all day. Nobody came and the tracking "
     "page has not moved since.",
     "Still nothing. Could somebody please tell me where my parcel is?",
     "Thank you for writing. I have asked the carrier to look for the parcel and will come back to "
     "you today.",
     "The carrier found the parcel in the wrong depot. It arrives tomorrow before noon, and the "
     "delivery costs are refunded.",
     "Third day waiting at home for @halden and no parcel. Is anybody there?",
     "Parcels",
     "logistics"},
    {"damage",
     "Frame scratched on arrival",
     "The box was torn open on one side and the frame has a deep scratch near the head tube. "
     "Photos are attached.",
     "Did you receive my photos? I would like to ride it this weekend.",
     "I am sorry to see that. We can send a new frame or give part of the price back: which do you "
     "prefer?",
     "We have refunded 15 % of the price as agreed, and told the packing team about the box.",
     "New bike from @halden, old scratches. Not amused.",
     "Parcels",
     "logistics"},
    {"brakes",
     "Remmen piepen bij regen",
     "Sinds de laatste onderhoudsbeurt piepen de remmen zodra het regent. De buren kennen mij "
     "ondertussen.",
     "Kan iemand mij zeggen of ik zo veilig kan rijden?",
     "Veilig is het zeker, maar stil hoort het te zijn. We sturen u gratis nieuwe blokjes op.",
     "De blokjes zijn geleverd en de winkel in Gent monteert ze zonder afspraak.",
     "Mijn @halden klinkt als een trein. Iemand tips?",
     "Workshop",
     "support"},
    {"battery",
     "Akku hält nur noch 20 km",
     "Nach nur acht Monaten schafft der Akku keine zwanzig Kilometer mehr. Das kann doch nicht "
     "normal sein?",
     "Ich warte noch immer auf eine Antwort. Morgen muss ich wieder mit dem Auto fahren.",
     "Das ist nicht normal. Bitte bringen Sie den Akku zu einem Händler, wir prüfen ihn kostenlos.",
     "Zwei Zellen waren defekt. Sie bekommen einen neuen Akku auf Garantie.",
     "Mein E-Bike von @halden und ich schieben jetzt gemeinsam.",
     "Workshop",
     "support"},
    {"invoice",
     "Facture payée deux fois",
     "J'ai reçu un rappel alors que la facture est payée depuis le 3. Mon extrait de compte est "
     "joint.",
     "Nouveau rappel ce matin, avec des frais cette fois. Merci de vérifier.",
     "Vous avez raison, le paiement était enregistré sur un autre compte client. Je corrige cela.",
     "Le rappel est annulé et les frais aussi. Toutes nos excuses.",
     "@halden m'envoie des rappels pour une facture déjà payée. Bravo.",
     "Invoices",
     "billing"},
    {"warranty",
     "Garantia do quadro",
     "O suporte do guiador partiu-se ao fim de três semanas. Está coberto pela garantia?",
     "Ainda não tive resposta. Não posso andar de bicicleta assim.",
     "Está coberto, sim. Enviamos a peça nova ainda esta semana.",
     "A peça foi entregue e montada na loja do Porto.",
     "Guiador partido em três semanas, @halden. A sério?",
     "Workshop",
     "support"},
    {"return",
     "How do I send this back?",
     "The helmet is one size too small. The return form asks for a number that I cannot find on "
     "the slip.",
     "The fourteen days are nearly over. Please confirm that I may still return it.",
     "The number is on the back of the slip. I have sent you a label that needs none.",
     "We received the helmet and refunded it today.",
     "Is there any human at @halden who knows how returns work?",
     "Parcels",
     "e-commerce"},
    {"app",
     "The app forgot my bike",
     "After the update the app no longer finds my bike, and the ride history of two years is "
     "empty.",
     "I would really like my history back.",
     "Please sign in with the address that you bought the bike with: the history hangs on that.",
     "Both accounts are joined now, and all rides are back.",
     "@halden your app ate 4,000 km of mine.",
     "Digital",
     "support"}};

constexpr Text k_good[] = {
    "Fast, friendly, done.",
    "Everything arrived as promised.",
    "The mechanic explained what he did. Rare!",
    "Heel vriendelijk geholpen, dank u.",
    "Super service, merci à Élise.",
    "Alles bestens, gerne wieder.",
    "Atendimento excelente.",
    "My second Halden, and not the last.",
    ""};
constexpr Text k_middling[] = {
    "Good bike, slow answer.",
    "Fine in the end, but I had to ask twice.",
    "Correct, sans plus.",
    "Ging so.",
    "Levering was laat, fiets is goed.",
    "",
    ""};
constexpr Text k_bad[] = {
    "I had to tell my story three times.",
    "Nobody called back as promised.",
    "Four weeks for a part is too long.",
    "Personne ne sait ce que l'autre fait.",
    "Dreimal angerufen, drei Antworten.",
    "Nooit meer.",
    "Ninguém me respondeu."};
constexpr Text k_praise[] = {
    "First tour with the new @halden: 80 km and still smiling",
    "Chapeau @halden, fixed while I had a coffee",
    "Mijn @halden en ik: 10.000 km vandaag",
    "Lovely people at the @halden store today",
    "Best purchase of the year: the cargo bike of @halden"};
constexpr Text k_questions[] = {
    "Does the E-Tour fit a rider of 1.58 m?",
    "Which lock does the insurance accept?",
    "Peut-on essayer le cargo un week-end ?",
    "Gibt es Leasing für Firmen?",
    "Is the 500 Wh battery allowed on trains?",
    "Têm a Tour 24 em verde?"};
constexpr Text k_campaigns[] = {
    "Spring check",
    "Ready for rain",
    "Cargo weeks",
    "Autumn lights",
    "Halden club news",
    "Winter storage"};
constexpr Text k_support[] = {
    "elise.baert", "jonas.wirth", "marta.pinto", "tom.akers", "sofie.claeys", "karim.haddad"};
constexpr Text k_sales[] = {"pieter.nys", "clara.voss", "nuno.braga", "helen.marsh"};
constexpr Text k_store_staff[] = {"wim.daels", "lucie.marchal", "ana.reis", "felix.orth"};
constexpr Text k_stores[] = {"Gent", "Lille", "Köln", "Leeds", "Porto"};

}  // namespace

std::span<const Product> products() {
    return k_products;
}
std::span<const Trouble> troubles() {
    return k_troubles;
}
std::span<const Text> good_comments() {
    return k_good;
}
std::span<const Text> middling_comments() {
    return k_middling;
}
std::span<const Text> bad_comments() {
    return k_bad;
}
std::span<const Text> praise() {
    return k_praise;
}
std::span<const Text> questions() {
    return k_questions;
}
std::span<const Text> campaigns() {
    return k_campaigns;
}
std::span<const Text> support_staff() {
    return k_support;
}
std::span<const Text> sales_staff() {
    return k_sales;
}
std::span<const Text> store_staff() {
    return k_store_staff;
}
std::span<const Text> stores() {
    return k_stores;
}

}  // namespace touchline::sample
