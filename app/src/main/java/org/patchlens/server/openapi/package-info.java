/// The OpenAPI document, made of the list of routes.
@NullMarked
package org.patchlens.server.openapi;

import org.jspecify.annotations.NullMarked;
