package org.patchlens.image.dicom;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.Tag;

/// The columns of metadata that a header gives: what a bias audit needs and nothing that tells who the patient is.
///
/// Codes must look like codes, numbers must be numbers, else they are left out. Of free text only the
/// manufacturer, the model and the kernel pass. Ages above 89 are given as 90, since so few people reach them.
final class HeaderColumns {
    private static final Pattern CODE = Pattern.compile("[A-Z0-9 _]{1,16}");
    private static final Pattern AGE = Pattern.compile("([0-9]{3})([DWMY])");
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}]{1,64}");
    private static final Pattern KEPT_TEXT = Pattern.compile("[^\\p{Cntrl}]{1,1024}");
    private static final int OLDEST = 90;
    private static final double DAYS_PER_YEAR = 365.25;

    private final DataSet header;
    private final SequencedMap<String, String> columns = new LinkedHashMap<>();

    private HeaderColumns(DataSet header) {
        this.header = header;
    }

    static SequencedMap<String, String> of(DataSet header, DicomDisclosure disclosure, List<String> warnings) {
        HeaderColumns found = new HeaderColumns(header);
        found.codes();
        found.equipment();
        disclosure.identifiers().ifPresent(hash -> found.pseudonyms(hash, disclosure.studyDays()));
        disclosure.keptTags().forEach(found::kept);
        if (!warnings.isEmpty()) {
            found.columns.put("warning", String.join("; ", warnings));
        }
        return found.columns;
    }

    /// Text as it is; what cannot be printed is left out.
    private void kept(KeptTag kept) {
        matching(kept.column(), kept.tag(), KEPT_TEXT);
    }

    private void codes() {
        matching("modality", Tag.MODALITY, CODE);
        matching("body_part", Tag.BODY_PART_EXAMINED, CODE);
        matching("sex", Tag.PATIENT_SEX, Pattern.compile("[MFO]"));
        age().ifPresent(years -> columns.put("age", years));
        matching("view_position", Tag.VIEW_POSITION, CODE);
        matching("photometric", Tag.PHOTOMETRIC_INTERPRETATION, CODE);
    }

    private void equipment() {
        matching("manufacturer", Tag.MANUFACTURER, PRINTABLE);
        matching("model", Tag.MODEL_NAME, PRINTABLE);
        matching("kernel", Tag.CONVOLUTION_KERNEL, PRINTABLE);
        number("kvp", Tag.KVP);
        number("slice_thickness", Tag.SLICE_THICKNESS);
        windows();
    }

    private void matching(String column, int tag, Pattern pattern) {
        header.text(tag).filter(text -> pattern.matcher(text).matches()).ifPresent(text -> columns.put(column, text));
    }

    private void number(String column, int tag) {
        header.number(tag).ifPresent(value -> columns.put(column, decimal(value)));
    }

    /// All windows of the file as `centre/width`, the first one first.
    private void windows() {
        double[] centers = header.numbers(Tag.WINDOW_CENTER);
        double[] widths = header.numbers(Tag.WINDOW_WIDTH);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(centers.length, widths.length); i++) {
            text.append(i == 0 ? "" : " ")
                    .append(decimal(centers[i]))
                    .append('/')
                    .append(decimal(widths[i]));
        }
        if (!text.isEmpty()) {
            columns.put("windows", text.toString());
        }
    }

    /// In years: from the age element, else from the dates of birth and study, which stay here.
    private Optional<String> age() {
        Optional<Double> years = header.text(Tag.PATIENT_AGE).flatMap(HeaderColumns::years);
        if (years.isEmpty()) {
            Optional<LocalDate> born = date(Tag.PATIENT_BIRTH_DATE);
            Optional<LocalDate> seen = date(Tag.STUDY_DATE);
            if (born.isPresent() && seen.isPresent()) {
                years = Optional.of((double) ChronoUnit.YEARS.between(born.get(), seen.get()));
            }
        }
        return years.filter(age -> age >= 0 && age < 150).map(age -> decimal(Math.min(age, OLDEST)));
    }

    private static Optional<Double> years(String age) {
        var matcher = AGE.matcher(age);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int count = Integer.parseInt(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "D" -> count / DAYS_PER_YEAR;
                    case "W" -> count * 7 / DAYS_PER_YEAR;
                    case "M" -> count / 12.0;
                    default -> (double) count;
                });
    }

    private Optional<LocalDate> date(int tag) {
        return header.text(tag).filter(text -> text.matches("[0-9]{8}")).flatMap(text -> {
            try {
                return Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    private void pseudonyms(IdentifierHash hash, boolean studyDays) {
        Optional<String> patient = header.text(Tag.PATIENT_ID);
        pseudonym("institution", hash, header.text(Tag.INSTITUTION_NAME));
        pseudonym("patient", hash, patient);
        pseudonym("study", hash, header.text(Tag.STUDY_INSTANCE_UID));
        pseudonym("series", hash, header.text(Tag.SERIES_INSTANCE_UID));
        Optional<LocalDate> seen = date(Tag.STUDY_DATE);
        if (studyDays && patient.isPresent() && seen.isPresent()) {
            long day = hash.shiftedDay(patient.get(), seen.get().toEpochDay());
            columns.put("study_day", Long.toString(day));
        }
    }

    private void pseudonym(String kind, IdentifierHash hash, Optional<String> identifier) {
        identifier.ifPresent(text -> columns.put(kind + "_hash", hash.of(kind, text)));
    }

    /// At most four decimals, without zeros at the end.
    private static String decimal(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
