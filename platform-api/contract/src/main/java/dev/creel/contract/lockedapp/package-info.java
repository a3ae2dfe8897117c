/** The locked application as data (reference spin-app §1.4): what a deploy pushes and an executor runs. JSON is read and written by chassis. */
@NullMarked
package dev.creel.contract.lockedapp;

import org.jspecify.annotations.NullMarked;
