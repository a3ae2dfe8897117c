/** The platform as a client sees it: where it is, who we are, its REST API. Commands call it. */
@NullMarked
package dev.creel.cli.api;

import org.jspecify.annotations.NullMarked;
