package org.patchlens.analysis;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes an option where it is declared; flags, schema, forms and reference pages are made of it.
///
/// The compact constructor of the options checks the same range with the same constants, so that a caller in Java
/// meets it too.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Doc {
    /// What it means, with its unit; one sentence without a full stop.
    String value();

    /// The smallest value of a number.
    double min() default Double.NEGATIVE_INFINITY;

    /// The largest value of a number.
    double max() default Double.POSITIVE_INFINITY;

    /// Whether another value may give another result. An option that cannot, such as the number of threads, is
    /// left out of the provenance.
    boolean changesResult() default true;
}
