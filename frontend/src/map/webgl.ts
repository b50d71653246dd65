import {
  BufferAttribute, BufferGeometry, GLSL3, Matrix4, NormalBlending, OrthographicCamera, Points, RawShaderMaterial, Scene,
  WebGLRenderer,
} from 'three';
import { drawOrder, type Matrix, type Viewport } from './geometry.ts';
import { coverOf, fading, type Look, type Renderer } from './renderer.ts';

const VERTEX = `precision highp float;
uniform mat4 place;
uniform float size;
uniform float chosen;
uniform float spatial;
in vec3 position;
in vec4 color;
in float state;
flat out vec4 shown;
flat out float selected;
void main() {
  float isSelected = step(1.5, state);
  bool absent = abs(state - 1.0) < 0.5 || abs(isSelected - chosen) > 0.5;
  gl_Position = absent ? vec4(2.0, 2.0, 2.0, 1.0) : place * vec4(position, 1.0);
  float near = spatial > 0.5 ? clamp(3.1 / gl_Position.w, 0.35, 4.0) : 1.0;
  gl_PointSize = absent ? 0.0 : size * near * (1.0 + 0.5 * isSelected) + 1.0;
  shown = vec4(color.rgb, color.a * 255.0);
  selected = isSelected;
}`;

const FRAGMENT = `precision highp float;
uniform float opacity;
uniform float dimmed;
uniform float fading;
uniform vec3 ground;
uniform vec3 ring;
flat in vec4 shown;
flat in float selected;
out vec4 pixel;
float reach(vec2 at, float shape) {
  if (shape < 0.5) return length(at);
  if (shape < 1.5) return max(abs(at.x), abs(at.y)) * 1.15;
  if (shape < 2.5) return max(at.y, abs(at.x) * 1.2 - at.y * 0.6) * 1.25;
  if (shape < 3.5) return abs(at.x) + abs(at.y);
  return max(min(abs(at.x), abs(at.y)) * 2.6, max(abs(at.x), abs(at.y)));
}
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  float distance = reach(at, shown.a);
  float edge = fwidth(length(at)) * 0.75;
  float cover = 1.0 - smoothstep(1.0 - 2.0 * edge, 1.0, distance);
  if (cover < 0.02) discard;
  vec3 color = mix(shown.rgb, ground, dimmed * (1.0 - selected) * fading);
  color = mix(color, ring, selected * smoothstep(0.62, 0.74, distance));
  float alpha = mix(opacity, 1.0, selected);
  pixel = vec4(color, cover * alpha);
}`;

/** All points in two draw calls: those that are not selected, then those that are, above them. */
export class WebglRenderer implements Renderer {
  readonly name = 'WebGL2';
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new OrthographicCamera();
  private readonly rest: RawShaderMaterial;
  private readonly chosen: RawShaderMaterial;
  private geometry = new BufferGeometry();
  private readonly clouds: Points[];
  private anySelected = false;

  constructor(canvas: HTMLCanvasElement, context: WebGL2RenderingContext) {
    this.renderer = new WebGLRenderer({ canvas, context });
    this.renderer.setClearColor(0, 0);
    this.renderer.info.autoReset = true;
    this.rest = material(0);
    this.chosen = material(1);
    this.clouds = [this.rest, this.chosen].map((one, order) => {
      const cloud = new Points(this.geometry, one);
      cloud.frustumCulled = false;
      cloud.renderOrder = order;
      this.scene.add(cloud);
      return cloud;
    });
  }

  setPoints(points: Float32Array): void {
    const count = points.length / 3;
    const same = this.geometry.getAttribute('position')?.count === count;
    if (same) {
      const position = this.geometry.getAttribute('position') as BufferAttribute;
      position.set(points);
      position.needsUpdate = true;
      return;
    }
    this.geometry.dispose();
    this.geometry = new BufferGeometry();
    this.geometry.setAttribute('position', new BufferAttribute(new Float32Array(points), 3));
    this.geometry.setAttribute('color', new BufferAttribute(new Uint8Array(count * 4), 4, true));
    this.geometry.setAttribute('state', new BufferAttribute(new Uint8Array(count), 1, false));
    this.geometry.setIndex(new BufferAttribute(drawOrder(count), 1));
    for (const cloud of this.clouds) {
      cloud.geometry = this.geometry;
    }
  }

  setColors(colors: Uint8Array): void {
    this.replace('color', colors);
  }

  setStates(states: Uint8Array): void {
    this.anySelected = states.includes(2);
    this.replace('state', states);
  }

  draw(matrix: Matrix, viewport: Viewport, look: Look, spatial: boolean): number {
    const ratio = Math.min(2, devicePixelRatio);
    const { part, ground, ring } = fading(look.dark);
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(viewport.width, viewport.height, false);
    for (const one of [this.rest, this.chosen]) {
      const uniforms = one.uniforms;
      (uniforms['place']!.value as Matrix4).fromArray(matrix);
      uniforms['size']!.value = look.size * ratio;
      uniforms['opacity']!.value = coverOf(look);
      uniforms['dimmed']!.value = look.dimmed ? 1 : 0;
      uniforms['spatial']!.value = spatial ? 1 : 0;
      uniforms['fading']!.value = part;
      uniforms['ground']!.value = ground;
      uniforms['ring']!.value = ring;
      one.depthTest = spatial;
      one.depthWrite = spatial;
    }
    this.clouds[1]!.visible = this.anySelected;
    this.renderer.render(this.scene, this.camera);
    return this.renderer.info.render.calls;
  }

  dispose(): void {
    this.geometry.dispose();
    this.rest.dispose();
    this.chosen.dispose();
    this.renderer.dispose();
  }

  private replace(name: string, values: Uint8Array): void {
    const attribute = this.geometry.getAttribute(name) as BufferAttribute | undefined;
    if (attribute?.array.length === values.length) {
      attribute.set(values);
      attribute.needsUpdate = true;
    }
  }
}

function material(chosen: number): RawShaderMaterial {
  return new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    transparent: true,
    blending: NormalBlending,
    uniforms: {
      place: { value: new Matrix4() }, size: { value: 3 }, chosen: { value: chosen }, spatial: { value: 0 },
      opacity: { value: 1 }, dimmed: { value: 0 }, fading: { value: 0.72 }, ground: { value: [0, 0, 0] }, ring: { value: [1, 1, 1] },
    },
  });
}
