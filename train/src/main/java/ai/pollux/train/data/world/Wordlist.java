package ai.pollux.train.data.world;

import java.util.List;

/** Common words to write, sort, count and speak of. */
public final class Wordlist {
  private Wordlist() {}

  public static final List<String> ANIMALS =
      words(
          "cat dog bird fish horse cow sheep goat pig duck hen fox wolf bear lion tiger mouse rabbit"
              + " frog snake owl bee ant whale shark deer monkey camel zebra donkey");

  public static final List<String> THINGS =
      words(
          "ball book pen cup hat shoe coin box key lamp chair table door bag bell boat car train"
              + " kite drum doll plate fork spoon brush clock stone leaf shell card stamp button"
              + " ribbon candle basket ladder bottle pencil flower pillow");

  public static final List<String> FOODS =
      words(
          "apple pear plum peach lemon orange banana cherry grape melon carrot potato tomato onion"
              + " egg bread cake cookie pie cheese nut bean");

  public static final List<String> NAMES =
      words(
          "Anna Ben Clara David Emma Felix Grace Henry Ida Jack Kate Leo Mia Noah Olivia Paul Rosa"
              + " Sam Tom Uma Victor Wendy Yara Zoe Alice Bob Carlos Dana Erik Fiona Hugo Ines Jonas"
              + " Lena Maria Nina Oscar Peter Ruth Sofia");

  public static final List<String> CITIES =
      words(
          "Paris London Rome Berlin Madrid Vienna Oslo Cairo Tokyo Delhi Lima Quito Boston Denver"
              + " Dublin Prague Warsaw Athens Lisbon Zurich Ulm Bergen Kyoto Sydney Toronto Nairobi");

  public static final List<String> DAYS =
      words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday");

  public static final List<String> MONTHS =
      words(
          "January February March April May June July August September October November December");

  public static final List<String> OTHERS =
      words(
          "sun moon star rain snow wind cloud storm river lake sea hill wood tree grass sand fire"
              + " ice day night morning evening spring summer winter house garden school street town"
              + " market bridge tower castle farm field road path wall roof window kitchen red green"
              + " blue yellow white black brown big small long short tall fast slow warm cold happy sad"
              + " good kind brave quiet loud soft hard sweet clean new old young rich open closed run"
              + " walk jump swim fly sing dance play read write draw paint cook eat drink sleep wake"
              + " laugh smile cry help give take buy sell build carry throw catch find lose look hear"
              + " friend mother father sister brother baby child king queen doctor teacher farmer"
              + " baker pilot sailor hello please thanks sorry yes no stop go exit enter push pull"
              + " free sale menu tea milk water salt sugar pepper");

  /** Everything but names, in lower case. */
  public static final List<String> ALL =
      java.util.stream.Stream.of(ANIMALS, THINGS, FOODS, OTHERS)
          .flatMap(List::stream)
          .distinct()
          .toList();

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }
}
