package org.patchlens.figure.canvas;

import java.util.List;
import java.util.stream.IntStream;
import org.patchlens.analysis.Figure.ColorMap;

/// The colours of the maps at equal distances; between two of them colours are mixed.
///
/// Of viridis, cividis, inferno and turbo it is every fifth of the 256 colours that their authors published.
final class ColorTables {
    /// Smith and van der Walt 2015, the default of matplotlib, CC0.
    private static final List<Integer> VIRIDIS =
            colors("44015446085c471063481769481d6f482475472a7a46307e453781433d844142873f48893d4e8a3a538b38598c355e8d"
                    + "33638d31688e2e6d8e2c718e2a768e297b8e27808e25848e23898e218e8d20928c1f978b1e9c891fa18821a58524aa83"
                    + "28ae802eb37c35b7793dbc7446c06f50c46a5ac86465cb5e70cf577cd25089d54895d840a2da37b0dd2fbddf26cae11f"
                    + "d8e219e5e419f1e51dfde725");

    /// Nunez, Anderton and Renslow 2018, doi:10.1371/journal.pone.0199239, CC0.
    private static final List<Integer> CIVIDIS =
            colors("00224e002656002a5f002d68003070083370163770203a6f273e6e2e416d34456c3a486c3f4c6c444f6c49536c4e566c"
                    + "535a6d575d6d5c616e60646f656870696b716d6f727272747676767a7a787e7d788381798885788d8878928c78969077"
                    + "9b9476a09875a59c74aaa073afa471b5a86fbaac6dbfb06bc4b468c9b965cfbd62d4c15fdac65bdfca57e5cf52ead34c"
                    + "f0d846f6dd3ffce236fee838");

    /// Smith and van der Walt 2015, CC0.
    private static final List<Integer> INFERNO =
            colors("00000402020c0504170a072210092d160b391e0c45260c512f0a5b380962400a67490b6a510e6c59106e61136e69166e"
                    + "71196e781c6d801f6c88226a902568982766a02a63a82e5fb0315bb73557bf3952c63d4dcc4248d34743d94d3ddf5337"
                    + "e45a31e9612bed6925f1711ff47918f78212f98b0bfa9407fb9d07fca60cfcb014fbba1ffac42af8cd37f6d746f4e156"
                    + "f2ea69f2f27df5f992fcffa4");

    /// Mikhailov 2019, Google, Apache-2.0.
    private static final List<Integer> TURBO =
            colors("30123b36215f3b2f803f3e9c424bb54559cb4666dd4773eb4680f6458cfd4099ff38a5fb2fb2f427bee91fc9dd1ad4d0"
                    + "18ddc21ae4b622ebaa2ff19b3ff68a52fa7a65fd6979fe598bff4b9cfe40a9fb39b7f735c3f134d0ea34dbe236e5d938"
                    + "eecf3af5c53afaba39fdae35fea130fe932afc8423f9751df46617ef5811e84b0ce14109d83706ce2d04c32503b71d02"
                    + "a916019b0f018b09027a0403");

    /// Blues reversed, white, Oranges (Brewer 2003, colorbrewer2.org, Apache-2.0): told apart by people who
    /// confuse red and green.
    private static final List<Integer> DIVERGING = colors("08519c3182bd6baed6bdd7e7f7f7f7fdbe85fd8d3ce6550da63603");

    private ColorTables() {}

    /// The colours of a map, 0xRRGGBB, from its low to its high end.
    static List<Integer> of(ColorMap map) {
        return switch (map) {
            case VIRIDIS -> VIRIDIS;
            case CIVIDIS -> CIVIDIS;
            case INFERNO -> INFERNO;
            case TURBO -> TURBO;
            case DIVERGING -> DIVERGING;
        };
    }

    private static List<Integer> colors(String digits) {
        return IntStream.range(0, digits.length() / 6)
                .mapToObj(i -> Integer.parseInt(digits, 6 * i, 6 * i + 6, 16))
                .toList();
    }
}
