package dev.creel.component.binary;

import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreType;
import java.util.List;
import java.util.Map;

/** What a core module asks for and gives. */
public record ModuleType(List<CoreImport> imports, Map<String, CoreType> exports) {}
