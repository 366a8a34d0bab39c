precision highp float;
precision highp int;
precision highp usampler2D;
precision highp isampler2D;
