/// Groups by density, of any shape and number, and points that belong to none (Campello, Moulavi and Sander 2013,
/// "Density-based clustering based on hierarchical density estimates").
///
/// Neighbour graph, core distances, spanning tree of the mutual reachability distance ([SpanningTree]), single
/// linkage ([SingleLinkage]), tree of the groups that are large enough ([CondensedTree]), selection ([Hdbscan]).
@NullMarked
package org.patchlens.cluster.hdbscan;

import org.jspecify.annotations.NullMarked;
