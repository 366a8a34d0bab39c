// Linked into programs for Node.js: they see the environment that they were started in.
Module["preRun"] = () => Object.assign(ENV, process.env);
