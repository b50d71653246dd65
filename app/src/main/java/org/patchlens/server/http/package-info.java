/// HTTP without knowledge of studies: routes as data, who may call them, what they answer.
@NullMarked
package org.patchlens.server.http;

import org.jspecify.annotations.NullMarked;
