package io.leat.format.propose;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a field's name says about it, in the languages shops are written in. Evidence among other evidence. */
enum Meaning {
    /** Where an item stands in a list, how often it was looked at, how it is rated: it moves and means nothing. */
    POSITION("position pos rank ranking index page offset row place platz rang posicion seq sequence"),
    COUNT("views view visits votes vote upvotes score points likes comments comment replies shares clicks downloads"
            + " favorites watchers reviews review count hits sold popularity descendants aufrufe bewertungen vues avis"
            + " visitas opiniones karma"),
    RATING("rating ratings stars rated note bewertung valoracion"),
    TRACKING("session sessionid token nonce csrf crawl crawlid run runid job jobid batch spider spiderid trace request"
            + " requestid attrs headers etag hash checksum snapshot proxy useragent tracking utm"),
    CURRENCY("currency waehrung devise moneda valuta"),
    MONEY("price prices cost costs fee fees amount msrp rrp prix preis precio prezzo prijs preco pris cena fiyat tarif"
            + " tariff rate fare rent salary premium bid ask 価格 价格 цена"),
    STOCK("stock instock availability available avail quantity qty inventory onhand remaining free vacancy vacancies"
            + " dispo disponible disponibles disponibilite disponibilidad libre libres lager verfuegbar verfugbar"
            + " bestand verfuegbarkeit beschikbaar voorraad esgotado 在庫 库存 наличие"),
    STATE(
            "status state active enabled open closed discontinued operational working operative fonctionnement actif ouvert"),
    SITE("source site shop store domain marketplace retailer vendor merchant seller appid website host provider"),
    ID(
            "id ids identifier identifiant identifikator kennung sku asin ean ean13 gtin isbn upc mpn guid uuid slug pid"
                    + " itemid productid articleid artikelnummer articlenumber nummer number nr num no code ref reference referencia key vin"),
    LINK("link url uri href permalink weblink address"),
    TITLE(
            "title name headline titel nom nombre titulo heading label bezeichnung naam nome model produkt product item 名前"),
    NONE("");

    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ENDS_AS_ID = Pattern.compile("(nummer|number)$");
    private static final Pattern ACCENT = Pattern.compile("\\p{M}+");

    private final String words;

    Meaning(String words) {
        this.words = ' ' + words + ' ';
    }

    /** Whether such a field moves without telling anything of the item. */
    boolean isNoise() {
        return this == POSITION || this == COUNT || this == RATING || this == TRACKING;
    }

    /** What a name says; the first in the order above where it says several things, money and stock before all. */
    static Meaning of(String name) {
        List<String> parts = words(name);
        for (Meaning first : List.of(MONEY, STOCK)) {
            if (parts.stream().anyMatch(first::says) && !isCounted(parts)) {
                return first;
            }
        }
        if (ENDS_AS_ID.matcher(String.join("", parts)).find()) {
            return ID;
        }
        for (Meaning each : values()) {
            if (parts.stream().anyMatch(each::says)) {
                return each;
            }
        }
        return NONE;
    }

    private boolean says(String word) {
        return words.contains(' ' + word + ' ');
    }

    private static boolean isCounted(List<String> parts) {
        return parts.stream().anyMatch(RATING::says);
    }

    /** A name's words, small and without accents. */
    static List<String> words(String name) {
        String parted = CAMEL.matcher(name).replaceAll(" ");
        String plain = ACCENT.matcher(Normalizer.normalize(parted, Normalizer.Form.NFD))
                .replaceAll("");
        return Arrays.stream(NOT_A_WORD.split(plain.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
