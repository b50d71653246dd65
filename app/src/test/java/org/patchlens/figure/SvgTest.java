package org.patchlens.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchlens.analysis.Figure;
import org.patchlens.tensor.FloatMatrix;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// Every figure as SVG, read by the XML parser of Java.
class SvgTest {
    private static String svg(Figure figure) {
        return new FigurePainter(SampleFigures::view, 1).svg(figure);
    }

    private static Document read(String svg) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(svg.substring(0, Math.min(500, svg.length())), e);
        }
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /// The unit stands beside the colour bar.
    @Test
    void anImageWithoutAColouredPatchHasNoColourBar() {
        assertThat(svg(overlay(0.5f))).contains("a unit");
        assertThat(svg(overlay(Float.NaN))).doesNotContain("a unit");
    }

    private static Figure overlay(float value) {
        FloatMatrix values = FloatMatrix.zeros(2, 2);
        values.fill(Float.NaN);
        values.set(1, 1, value);
        return new Figure.Overlay(
                "image", "", 0, values, new Figure.ColorScale(Figure.ColorMap.VIRIDIS, 0, 1, "a unit"));
    }

    static Stream<Figure> figures() {
        return SampleFigures.all().stream();
    }

    @ParameterizedTest
    @MethodSource("figures")
    void everyFigureIsAWholeDocumentOfTheSizeOfItsPicture(Figure figure) {
        Document document = read(svg(figure));
        Element root = document.getDocumentElement();
        assertThat(root.getAttribute("width")).isEqualTo("760");
        assertThat(Integer.parseInt(root.getAttribute("height")))
                .isEqualTo(
                        new FigurePainter(SampleFigures::view, 1).paint(figure).getHeight());
        assertThat(elements(document, "title").getFirst().getTextContent()).isEqualTo(figure.title());
        assertThat(elements(document, "desc").getFirst().getTextContent()).isEqualTo(figure.caption());
    }

    @ParameterizedTest
    @MethodSource("figures")
    void theSameFigureHasTheSameBytes(Figure figure) {
        assertThat(svg(figure)).isEqualTo(svg(figure));
    }

    @Test
    void inATableThatIsTooWideNamesAreShortenedAndNumbersAreNot() {
        List<String> cells = List.of("A hospital with a very long name in a town with another", "569.7", "10.25");
        List<String> row = new ArrayList<>(cells);
        List<String> columns = new ArrayList<>(List.of("site", "maximum", "25 %"));
        for (int i = 0; i < 6; i++) {
            row.add("12345.6" + i);
            columns.add("column");
        }
        Figure.Table table = new Figure.Table("Wide", "", columns, List.of(row));
        assertThat(elements(read(svg(table)), "text"))
                .extracting(Element::getTextContent)
                .containsAll(row.subList(1, row.size()))
                .anyMatch(text -> text.startsWith("A hospital") && text.endsWith("…"));
    }

    @Test
    void textIsTextOfItsMeasuredLength() {
        List<Element> texts = elements(read(svg(SampleFigures.BARS)), "text");
        assertThat(texts).extracting(Element::getTextContent).contains("Images with outliers", "site", "Cohen");
        assertThat(texts)
                .allSatisfy(text -> assertThat(Double.parseDouble(text.getAttribute("textLength")))
                        .isPositive());
    }

    @Test
    void diagramsHoldNoPixels() {
        for (Figure figure :
                List.of(SampleFigures.LINES, SampleFigures.BARS, SampleFigures.TABLE, SampleFigures.HEADS)) {
            assertThat(elements(read(svg(figure)), "image")).as(figure.title()).isEmpty();
        }
    }

    @Test
    void imagesAreEmbeddedAsPng() throws IOException {
        List<Element> images = elements(read(svg(SampleFigures.OVERLAY)), "image");
        assertThat(images).hasSize(2);
        String data = images.getFirst().getAttribute("xlink:href");
        assertThat(data).startsWith("data:image/png;base64,");
        byte[] png = Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1));
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth())
                .isEqualTo(Integer.parseInt(images.getFirst().getAttribute("width")));
    }

    @Test
    void aLargeMatrixIsAPictureOfOnePixelPerCell() {
        Figure.Heatmap small = SampleFigures.WIDE;
        org.patchlens.tensor.FloatMatrix cells = org.patchlens.tensor.FloatMatrix.zeros(100, 100);
        Figure large = new Figure.Heatmap("Large", "Matrix.", cells, "", "", List.of(), List.of(), small.scale());
        assertThat(elements(read(svg(large)), "image")).hasSize(1);
        assertThat(elements(read(svg(small)), "image")).isEmpty();
    }

    @Test
    void whateverANameHoldsTheDocumentStaysWhole() {
        String hostile = "<script>alert('1')</script> & \" ]]> \u0000\u0008\ufffe \ud83d\ude00";
        Figure.Table table = new Figure.Table(hostile, hostile, List.of(hostile), List.of(List.of(hostile)));
        Document document = read(svg(table));
        assertThat(elements(document, "script")).isEmpty();
        assertThat(elements(document, "title").getFirst().getTextContent())
                .startsWith("<script>alert('1')</script> & \" ]]> \ufffd\ufffd\ufffd \ud83d\ude00");
    }
}
